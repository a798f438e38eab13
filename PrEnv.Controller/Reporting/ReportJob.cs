using PrEnv.Controller.Memory;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reporting;

/// <summary>What one plan wants reported.</summary>
/// <param name="Snapshot">What the plan was made from.</param>
/// <param name="Plan">The plan.</param>
/// <param name="Results">What came of its actions.</param>
/// <param name="Memory">Of the resource.</param>
internal sealed record ReportJob(Snapshot Snapshot, Plan Plan, IReadOnlyCollection<ActionResult> Results, ResourceMemory Memory)
{
    private volatile bool _isThrough;
    private Dictionary<int, HelmRelease>? _releases;

    /// <summary>Was all of it reported, or refused for good?</summary>
    public bool IsThrough
    {
        get => _isThrough;
        set => _isThrough = value;
    }

    /// <summary>Does it report the end of environments that go with their resource?</summary>
    public bool IsOfTheEnd =>
        Snapshot.Resource.Metadata.DeletionTimestamp is not null
        && Plan.Environments.Any(e => e.Deployment is not null || e.Comment is not null);

    /// <summary>Until when the resource's end waits for it; null: it does not.</summary>
    public DateTimeOffset? WaitsUntil { get; set; }

    /// <summary>
    /// The resource's releases as they are after the plan's actions, by number. Where there are two, because one was left in a former
    /// destination, it is the one that the plan speaks of.
    /// </summary>
    public IReadOnlyDictionary<int, HelmRelease> Releases => _releases ??= ReadReleases();

    /// <summary>The release that a decision speaks of; null when there is none, or it is not known.</summary>
    public HelmRelease? ReleaseOf(EnvironmentDecision decision) =>
        decision.Release is { } key && Releases.TryGetValue(decision.PrNumber, out var release) && release.Metadata.Key == key
            ? release
            : null;

    private Dictionary<int, HelmRelease> ReadReleases()
    {
        var spokenOf = Plan.Environments.Where(e => e.Release is not null).ToDictionary(e => e.PrNumber, e => e.Release!.Value);
        var releases = new Dictionary<int, HelmRelease>();
        foreach (var (number, release) in Snapshot.Owned)
        {
            if (spokenOf.GetValueOrDefault(number) == release.Metadata.Key)
                releases[number] = release;
            else
                releases.TryAdd(number, release);
        }

        foreach (var result in Results)
        {
            var number = result.Action.PrNumber;
            if (result.Object is { } written && (!spokenOf.TryGetValue(number, out var key) || key == written.Metadata.Key))
                releases[number] = written;
        }

        return releases;
    }
}
