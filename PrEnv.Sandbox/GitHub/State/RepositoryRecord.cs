using System.Collections.Immutable;

namespace PrEnv.Sandbox.GitHub.State;

/// <summary>Everything that one repository holds. Not thread-safe: <see cref="GitHubState"/> holds its lock around every use.</summary>
internal sealed class RepositoryRecord(GitHubRepository info)
{
    private readonly HashSet<string> _commits = new(StringComparer.Ordinal);
    private readonly List<PostedStatus> _statuses = [];
    private readonly Dictionary<int, List<GitHubReview>> _reviews = [];
    private int _nextNumber = 1;

    public GitHubRepository Info { get; private set; } = info;

    public SortedDictionary<int, GitHubPullRequest> PullRequests { get; } = [];

    /// <summary>What the API shows of the pull requests while it is behind; null: what is true.</summary>
    public ImmutableSortedDictionary<int, GitHubPullRequest>? Behind { get; set; }

    /// <summary>What the API shows of the pull requests.</summary>
    public IReadOnlyDictionary<int, GitHubPullRequest> Shown => Behind ?? (IReadOnlyDictionary<int, GitHubPullRequest>)PullRequests;

    public IReadOnlyList<PostedStatus> Statuses => _statuses;

    /// <summary>Of all pull requests, oldest first.</summary>
    public List<GitHubComment> Comments { get; } = [];

    /// <summary>Oldest first.</summary>
    public List<GitHubDeployment> Deployments { get; } = [];

    /// <summary>Names of the environments: a deployment creates its own.</summary>
    public HashSet<string> Environments { get; } = new(StringComparer.Ordinal);

    /// <summary>Oldest first.</summary>
    public List<GitHubCheckRun> CheckRuns { get; } = [];

    /// <summary>By login: what somebody may do. The owner may do everything, everybody else nothing but read what is public.</summary>
    public Dictionary<string, string> Roles { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A pull request's reviews, oldest first.</summary>
    public List<GitHubReview> ReviewsOf(int number)
    {
        if (!_reviews.TryGetValue(number, out var reviews))
            _reviews[number] = reviews = [];
        return reviews;
    }

    public string RoleOf(string login) => Roles.GetValueOrDefault(login)
        ?? (string.Equals(login, Info.Owner, StringComparison.OrdinalIgnoreCase) ? "admin" : Info.IsPrivate ? "none" : "read");

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
    /// A commit id, a branch (<c>x</c>, <c>heads/x</c>), or a pull request's head (<c>pull/N/head</c>) as a commit id; null when there is
    /// none.
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
