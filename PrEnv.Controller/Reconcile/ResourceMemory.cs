using System.Collections.Concurrent;
using System.Collections.Immutable;
using PrEnv.Controller.GitHub;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;

namespace PrEnv.Controller.Reconcile;

/// <summary>
/// What one process remembers of one resource between two reconciles. All of it can be lost: it saves requests and repetitions, and is
/// proof of nothing. Used by one reconcile at a time, because the queue hands a key out once, and by one reporting beside it: what both
/// touch is safe for that.
/// </summary>
internal sealed class ResourceMemory
{
    /// <summary>The listing that plans are made from; null before the first.</summary>
    public ListingMemory? Listing { get; set; }

    /// <summary>The last complete listing, for the texts of its pull requests.</summary>
    public ImmutableDictionary<int, PullRequest> Remembered { get; set; } = ImmutableDictionary<int, PullRequest>.Empty;

    /// <summary>How often GitHub is asked while webhooks bring the news.</summary>
    public PollRelaxation Polling { get; } = new();

    /// <summary>Failed listings in a row.</summary>
    public int FailedListings { get; set; }

    /// <summary>Answers of <c>GET /pulls/N</c> since the last listing.</summary>
    public Dictionary<int, PullRequestState> Confirmations { get; } = [];

    /// <summary>By UID of the release: what was posted, and whether the release bears it yet.</summary>
    public ConcurrentDictionary<string, PostedStatus> Posted { get; } = new(StringComparer.Ordinal);

    /// <summary>Releases whose commit this process has rolled out itself: GitHub has no older status of it from us.</summary>
    public ConcurrentDictionary<(string Uid, string Sha), bool> RolledOut { get; } = new();

    /// <summary>By UID of the release: a status that can never be posted, so that it is not tried again.</summary>
    public ConcurrentDictionary<string, RefusedStatus> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>The plan that reports are made for; an older one's are not sent any more. Null: any.</summary>
    public Plan? NewestPlan { get; set; }

    /// <summary>What could not be reported the last time.</summary>
    public IReadOnlyCollection<ReportFailure> ReportFailures { get; set; } = [];

    /// <summary>Reportings in a row of which something failed.</summary>
    public int FailedReports { get; set; }

    /// <summary>Forgets the releases that are gone.</summary>
    public void Keep(IReadOnlySet<string> uids)
    {
        foreach (var gone in Posted.Keys.Where(uid => !uids.Contains(uid)).ToList()) Posted.TryRemove(gone, out _);
        foreach (var gone in Refused.Keys.Where(uid => !uids.Contains(uid)).ToList()) Refused.TryRemove(gone, out _);
        foreach (var gone in RolledOut.Keys.Where(r => !uids.Contains(r.Uid))) RolledOut.TryRemove(gone, out _);
    }
}

/// <summary>A listing, and until when it serves.</summary>
/// <param name="Source">What was asked.</param>
/// <param name="Access">How; null when the token could not be read.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Request">The value of the annotation that asks for a reconcile, at that time.</param>
/// <param name="Due">When to ask again.</param>
internal sealed record ListingMemory(
    ListingSource Source, RepositoryAccess? Access, PullRequestListing Result, string? Request, DateTimeOffset Due);

/// <summary>Identifies what a listing is of.</summary>
internal sealed record ListingSource(Uri ApiUrl, string Owner, string Repository, SecretKey? Token, ResourceKey? App = null);

/// <summary>A posted status.</summary>
internal sealed record PostedStatus(ReportedStatus Status, bool Recorded);

/// <summary>A status that GitHub will never take.</summary>
internal sealed record RefusedStatus(CommitStatus Status, string Message);
