using System.Collections.Concurrent;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Memory;

/// <summary>
/// What one process remembers of one resource between two reconciles. All of it can be lost: it saves requests and repetitions, and is
/// proof of nothing. Used by one reconcile at a time, because the queue hands a key out once, and by one reporting beside it: what both
/// touch is safe for that.
/// </summary>
internal sealed class ResourceMemory
{
    /// <summary>The listing that plans are made from; null before the first.</summary>
    public ListingMemory? Listing { get; set; }

    /// <summary>How reports reach GitHub; null: they do not.</summary>
    public RepositoryAccess? Access => Listing?.Access ?? AccessAtTheEnd;

    /// <summary>The same, of a resource that is being deleted and was not listed before; see the reading of last words.</summary>
    public RepositoryAccess? AccessAtTheEnd { get; set; }

    /// <summary>
    /// The pull requests of the last complete listing and those of earlier ones that still have an environment, for their texts.
    /// </summary>
    public IReadOnlyDictionary<int, PullRequest> Remembered { get; private set; } = new Dictionary<int, PullRequest>();

    /// <summary>How often GitHub is asked while webhooks bring the news.</summary>
    public PollRelaxation Polling { get; } = new();

    /// <summary>What deliveries have announced, and GitHub's API may not show yet.</summary>
    public Expectations Expected { get; } = new();

    /// <summary>Pull requests with an environment that GitHub does not find.</summary>
    public HiddenPullRequests Hidden { get; } = new();

    /// <summary>Until when a listing that GitHub itself contradicts is not read in full once more.</summary>
    public DateTimeOffset? DoubtedUntil { get; set; }

    /// <summary>Until when the finalizer is not added once more, because an admission policy has removed it.</summary>
    public DateTimeOffset? FinalizerDeniedUntil { get; set; }

    /// <summary>Until when no environment expires, because an admission policy has removed the record of it.</summary>
    public DateTimeOffset? EffectsDeniedUntil { get; set; }

    /// <summary>Failed listings in a row.</summary>
    public int FailedListings { get; set; }

    /// <summary>Answers of <c>GET /pulls/N</c> since the last listing.</summary>
    public Dictionary<int, PullRequestState> Confirmations { get; } = [];

    /// <summary>By number: reviews since the last listing.</summary>
    public Dictionary<int, ReviewReading> Reviews { get; } = [];

    /// <summary>What is known of the files that pull requests change.</summary>
    public FilesMemory Files { get; } = new();

    /// <summary>What is known of the checks of head commits.</summary>
    public CheckMemory Checks { get; } = new();

    /// <summary>By number: the head commit, and when it was first listed.</summary>
    public Dictionary<int, (string Sha, DateTimeOffset At)> Heads { get; } = [];

    /// <summary>What HelmCharts said that releases wait for.</summary>
    public Dictionary<ResourceKey, ChartMemory> Charts { get; } = [];

    /// <summary>What is known of namespaces.</summary>
    public NamespaceMemory Namespaces { get; } = new();

    /// <summary>What is known of commands.</summary>
    public CommandMemory Commands { get; } = new();

    /// <summary>By number: what was posted, or found posted, for a pull request without a release.</summary>
    public ConcurrentDictionary<int, CommitStatus> ReportedWithoutRelease { get; } = new();

    /// <summary>By number: deployments.</summary>
    public ConcurrentDictionary<int, ReportedDeployment> Deployments { get; } = new();

    /// <summary>By number: environments on GitHub that are over; were they and their deployments deleted there?</summary>
    public ConcurrentDictionary<int, bool> DeploymentCleanups { get; } = new();

    /// <summary>By number: comments.</summary>
    public ConcurrentDictionary<int, ReportedComment> Comments { get; } = new();

    /// <summary>What GitHub has refused.</summary>
    public Refusals Refusals { get; } = new();

    /// <summary>By UID of the release: what an admission policy overrides.</summary>
    public Dictionary<string, OverriddenFields> Overridden { get; } = new(StringComparer.Ordinal);

    /// <summary>By UID of the release: what was posted.</summary>
    public ConcurrentDictionary<string, ReportedStatus> Posted { get; } = new(StringComparer.Ordinal);

    /// <summary>By commit: what this process posted last, for pull requests that share one.</summary>
    public ConcurrentDictionary<string, CommitStatus> LastPosted { get; } = new(StringComparer.Ordinal);

    /// <summary>By head commit of a merge group: what this process has posted, or found posted.</summary>
    public ConcurrentDictionary<string, CommitStatus> MergeGroupStatuses { get; } = new(StringComparer.Ordinal);

    /// <summary>By UID of the release and annotation: what this process has noted there.</summary>
    public ConcurrentDictionary<(string Uid, string Annotation), IReported> Noted { get; } = new();

    /// <summary>Releases whose commit this process has rolled out itself: GitHub has no older status of it from us.</summary>
    public ConcurrentDictionary<(string Uid, string Sha), bool> RolledOut { get; } = new();

    /// <summary>The plan that reports are made for; an older one's are not sent any more. Null: any.</summary>
    public Plan? NewestPlan { get; set; }

    /// <summary>What could not be reported the last time.</summary>
    public IReadOnlyCollection<ReportFailure> ReportFailures { get; set; } = [];

    /// <summary>What GitHub could not be told, as far as the resource's status and events say so; null before the first plan.</summary>
    public IReadOnlySet<(int PrNumber, ReportKind What)>? Unreported { get; private set; }

    /// <summary>By number: the causes of what failed in the last plan; null before the first.</summary>
    public IReadOnlyDictionary<int, string>? LastFailures { get; private set; }

    /// <summary>The <see cref="OverallVerdict.Cause"/> of the last plan.</summary>
    public string? LastCause { get; private set; }

    /// <summary>Reportings in a row of which something failed.</summary>
    public int FailedReports { get; set; }

    /// <summary>Keeps what of a plan has become known by its publication, so that it is not news to the next one.</summary>
    public void Remember(Plan plan, IReadOnlyCollection<ActionResult> results, IReadOnlyCollection<ReportFailure> failures)
    {
        Unreported = failures.Select(f => (f.PrNumber, f.What)).ToHashSet();
        LastFailures = ActionResult.Causes(results);
        LastCause = plan.Overall.Cause;
        Namespaces.Remember(results);
        foreach (var result in results)
        {
            if (result is not { Action: PlannedAction.Apply apply, Object: { } written })
                continue;
            var (uid, found) = (written.Metadata.Uid, Overrides.Of(apply.Desired, written));
            if (found.Fields.Count > 0 || Overridden.ContainsKey(uid))
                Overridden[uid] = found;
        }
    }

    /// <summary>Keeps a complete listing, for the texts of its pull requests.</summary>
    public void Remember(PullRequestListing.Complete listing)
    {
        var known = listing.PullRequests.ToDictionary(p => p.Number);
        foreach (var (number, pullRequest) in Remembered)
            known.TryAdd(number, pullRequest);
        Remembered = known;
    }

    /// <summary>Forgets the releases and the pull requests that are gone. While the listing is missing, none of the latter is.</summary>
    public void Keep(IReadOnlySet<string> uids, IReadOnlySet<int>? numbers)
    {
        Keep(Overridden, uids.Contains);
        Keep(Posted, uids.Contains);
        Keep(Noted, noted => uids.Contains(noted.Uid));
        Keep(RolledOut, rolledOut => IsKept(rolledOut.Uid));
        if (numbers is null)
            return;
        if (!Remembered.Keys.All(numbers.Contains))
            Remembered = Remembered.Where(known => numbers.Contains(known.Key)).ToDictionary();
        Keep(Reviews, numbers.Contains);
        Keep(Heads, numbers.Contains);
        var heads = Heads.Values.Select(h => h.Sha).ToHashSet(StringComparer.Ordinal);
        Keep(LastPosted, heads.Contains);
        // One that becomes a head again bears what was said of it before.
        Keep(RolledOut, rolledOut => heads.Contains(rolledOut.Sha));
        Keep(ReportedWithoutRelease, numbers.Contains);
        // One whose end GitHub was not told stays until it was.
        Keep(Deployments, number => numbers.Contains(number) || Deployments[number].Report.State != DeploymentState.Inactive);
        Keep(DeploymentCleanups, number => numbers.Contains(number) || !DeploymentCleanups[number]);
        Keep(Comments, numbers.Contains);
        Refusals.Keep(numbers);
        Commands.Keep(numbers);

        bool IsKept(string uid) =>
            uids.Contains(uid) || (uid.StartsWith('#') && (numbers?.Select(NumberKey).Contains(uid, StringComparer.Ordinal) ?? true));
    }

    /// <summary>Forgets the HelmCharts that no release waits for any more.</summary>
    public void KeepCharts(IEnumerable<ChartQuestion> questions)
    {
        var kept = questions.Select(q => q.Chart).ToHashSet();
        Keep(Charts, kept.Contains);
    }

    /// <summary>Forgets the merge groups that are gone.</summary>
    public void KeepMergeGroups(IEnumerable<MergeGroup> groups)
    {
        if (!MergeGroupStatuses.IsEmpty)
            Keep(MergeGroupStatuses, groups.Select(g => g.Sha).ToHashSet(StringComparer.Ordinal).Contains);
    }

    /// <summary>Has a newer plan taken the place of this one?</summary>
    public bool IsOutdated(Plan plan) => NewestPlan is { } newest && !ReferenceEquals(newest, plan);

    /// <summary>Stands for a pull request among UIDs, which have no such form.</summary>
    public static string NumberKey(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"#{number}");

    private static void Keep<TKey, TValue>(IDictionary<TKey, TValue> entries, Func<TKey, bool> isKept)
        where TKey : notnull
    {
        foreach (var gone in entries.Keys.Where(key => !isKept(key)).ToList())
            entries.Remove(gone);
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

/// <summary>What a HelmChart said, to which question, and when by the monotonic clock.</summary>
internal sealed record ChartMemory(ChartQuestion Question, ChartReading Reading, long ReadAt);

/// <summary>Identifies what a listing is of.</summary>
internal sealed record ListingSource(Uri ApiUrl, string Owner, string Repository, SecretKey? Token, ResourceKey? App = null);
