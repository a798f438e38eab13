using System.Collections.Immutable;
using PrEnv.Core.Model;

namespace PrEnv.Tests.Planning.Simulation;

/// <summary>A repository's pull requests and commit statuses.</summary>
internal sealed class FakeGitHub
{
    private readonly SortedDictionary<int, PullRequest> _open = [];
    private readonly HashSet<int> _closed = [];

    public ImmutableArray<PullRequest> PullRequests => [.. _open.Values];

    /// <summary>Open, and left out of the listing all the same.</summary>
    public HashSet<int> LeftOut { get; } = [];

    /// <summary>When not null, GitHub gives no listing, takes no status and confirms nothing.</summary>
    public PullRequestListing.Unavailable? Away { get; set; }

    /// <summary>When not null, listings are of that moment: GitHub's answers lag.</summary>
    public ImmutableArray<PullRequest>? Lag { get; set; }

    /// <summary>What it says of single pull requests instead of the truth.</summary>
    public Dictionary<int, PullRequestState> Lies { get; } = [];

    /// <summary>By number, what it said last: that it is listed as open, or the answer to the question about that very one.</summary>
    public Dictionary<int, PullRequestState> Said { get; } = [];

    /// <summary>Statuses that it takes, and whose answer is lost.</summary>
    public int LostAnswers { get; set; }

    /// <summary>Sees every status that it takes.</summary>
    public Action<CommitStatus> Taken { get; set; } = _ => { };

    /// <summary>All statuses that were posted, in order.</summary>
    public List<CommitStatus> Posted { get; } = [];

    /// <summary>How often it was asked or told anything.</summary>
    public int Requests { get; private set; }

    /// <summary>By number, oldest first.</summary>
    public Dictionary<int, List<Review>> Reviews { get; } = [];

    /// <summary>When set, no reviews can be read.</summary>
    public string? ReviewsAway { get; set; }

    /// <summary>By number: what the pull request changes.</summary>
    public Dictionary<int, string[]> Files { get; } = [];

    /// <summary>When set, no files can be read.</summary>
    public string? FilesAway { get; set; }

    /// <summary>Check runs, oldest first, with their commits.</summary>
    public List<(string Sha, string Name, CheckState State)> Checks { get; } = [];

    /// <summary>When set, no checks can be read.</summary>
    public string? ChecksAway { get; set; }

    /// <summary>Commands that nobody has taken on.</summary>
    public List<Command> Commands { get; } = [];

    /// <summary>By number: what the comment says.</summary>
    public Dictionary<int, string> Comments { get; } = [];

    public void Review(
        int number, string sha, ReviewVerdict verdict = ReviewVerdict.Approved, string reviewer = "mona", bool mayWrite = true)
    {
        if (!Reviews.TryGetValue(number, out var reviews))
            Reviews[number] = reviews = [];
        reviews.Add(new Review(reviewer, verdict, sha, mayWrite));
    }

    public ReviewReading ReviewsOf(int number)
    {
        Requests++;
        return (ReviewsAway ?? Away?.Message) is { } problem
            ? new ReviewReading.Unknown(problem)
            : new ReviewReading.Known([.. Reviews.GetValueOrDefault(number) ?? []]);
    }

    public ChangedFiles FilesOf(int number)
    {
        Requests++;
        return (FilesAway ?? Away?.Message) is { } problem
            ? new ChangedFiles.Unknown(problem)
            : new ChangedFiles.Known(
                [.. Files.GetValueOrDefault(number) ?? []], IsComplete: true,
                _open.TryGetValue(number, out var open) ? [open.HeadSha] : []);
    }

    public CheckReading ChecksOf(string sha)
    {
        Requests++;
        return (ChecksAway ?? Away?.Message) is { } problem
            ? new CheckReading([], problem)
            : new CheckReading([.. Checks.Index().Where(c => c.Item.Sha == sha)
                .Select(c => new CheckResult(CheckKind.Run, c.Item.Name, c.Index, c.Item.State))]);
    }

    public void Open(PullRequest pullRequest)
    {
        _open[pullRequest.Number] = pullRequest;
        _closed.Remove(pullRequest.Number);
    }

    public void Push(int number, string sha) => Change(number, p => p with { HeadSha = sha });

    public void Change(int number, Func<PullRequest, PullRequest> change) => _open[number] = change(_open[number]);

    public void Close(int number)
    {
        _open.Remove(number);
        _closed.Add(number);
    }

    public PullRequestListing List(DateTimeOffset now)
    {
        Requests++;
        if (Away is { } away)
            return away;
        ImmutableArray<PullRequest> listed = [.. (Lag ?? PullRequests).Where(p => !LeftOut.Contains(p.Number))];
        Said.Clear();
        foreach (var pullRequest in listed)
            Said[pullRequest.Number] = PullRequestState.Open;
        return new PullRequestListing.Complete(listed) { ReadAt = now };
    }

    public PullRequestState StateOf(int number)
    {
        Requests++;
        return Said[number] = Lies.TryGetValue(number, out var lie) && Away is null ? lie : TruthAbout(number);
    }

    public bool Post(CommitStatus status)
    {
        Requests++;
        if (Away is not null)
            return false;
        Posted.Add(status);
        Taken(status);
        if (LostAnswers == 0)
            return true;
        LostAnswers--;
        return false;
    }

    private PullRequestState TruthAbout(int number)
    {
        if (Away is not null)
            return PullRequestState.Unknown;
        if (_open.ContainsKey(number))
            return PullRequestState.Open;
        return _closed.Contains(number) ? PullRequestState.Closed : PullRequestState.Unknown;
    }

    /// <summary>The newest of that commit and context.</summary>
    public CommitStatus? Latest(string sha, string context) => Posted.LastOrDefault(s => s.Sha == sha && s.Context == context);
}
