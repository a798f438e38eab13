using System.Collections.Immutable;

namespace PrEnv.Sandbox.GitHub.State;

/// <summary>Everything that one repository holds. Not thread-safe: <see cref="GitHubState"/> holds its lock around every use.</summary>
internal sealed class RepositoryRecord(GitHubRepository info)
{
    private readonly HashSet<string> _commits = new(StringComparer.Ordinal);
    private readonly List<PostedStatus> _statuses = [];
    private int _nextNumber = 1;

    public GitHubRepository Info { get; private set; } = info;

    public SortedDictionary<int, GitHubPullRequest> PullRequests { get; } = [];

    public IReadOnlyList<PostedStatus> Statuses => _statuses;

    public int NextNumber()
    {
        while (PullRequests.ContainsKey(_nextNumber))
            _nextNumber++;
        return _nextNumber;
    }

    public void Change(Func<GitHubRepository, GitHubRepository> change) => Info = change(Info);

    public void Put(GitHubPullRequest pullRequest)
    {
        PullRequests[pullRequest.Number] = pullRequest;
        _commits.Add(pullRequest.HeadSha);
        _commits.Add(pullRequest.BaseSha);
        Info = Info with { OpenIssues = PullRequests.Values.Count(pr => pr.IsOpen) };
    }

    public void AddCommit(string sha) => _commits.Add(sha);

    public bool HasCommit(string sha) => _commits.Contains(sha);

    public void Add(PostedStatus status) => _statuses.Add(status);

    public int CountStatuses(string sha, string context) => _statuses.Count(s =>
        s.Sha == sha && string.Equals(s.Context, context, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// A commit id, a branch (<c>x</c>, <c>heads/x</c>), or a pull request's head (<c>pull/N/head</c>) as a commit id; null when there is none.
    /// </summary>
    public string? Resolve(string reference)
    {
        if (_commits.Contains(reference))
            return reference;
        const string heads = "heads/";
        var branch = reference.StartsWith(heads, StringComparison.Ordinal) ? reference[heads.Length..] : reference;
        var newestFirst = PullRequests.Values.Reverse();
        return newestFirst.FirstOrDefault(pr => reference == $"pull/{pr.Number}/head" || IsBranch(pr))?.HeadSha;

        bool IsBranch(GitHubPullRequest pr) => pr.HeadBranch == branch && pr.Fork is null && !pr.HeadRepositoryDeleted;
    }

    public ImmutableArray<PostedStatus> StatusesOf(string sha) => [.. _statuses.Where(s => s.Sha == sha).Reverse()];
}
