using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Simulation;

/// <summary>
/// helm-controller, as far as it shows: <c>Unknown</c> while it works, <c>True</c> with observedGeneration, <c>False</c> without; tries a
/// failed release again; uninstalls before a release goes, unless it is suspended.
/// </summary>
internal sealed class FakeFlux(FakeCluster cluster)
{
    private readonly Dictionary<string, Work> _works = new(StringComparer.Ordinal);

    public TimeSpan InstallTime { get; set; } = TimeSpan.FromSeconds(20);

    public TimeSpan UninstallTime { get; set; } = TimeSpan.FromSeconds(10);

    public TimeSpan RetryTime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Commits whose chart cannot be installed.</summary>
    public HashSet<string> Broken { get; } = new(StringComparer.Ordinal);

    /// <summary>By UID: the commit that runs.</summary>
    public Dictionary<string, string> Running { get; } = new(StringComparer.Ordinal);

    /// <summary>Commits that have run.</summary>
    public HashSet<string> Ran { get; } = new(StringComparer.Ordinal);

    /// <summary>When set, it goes back to the commit that ran before when an upgrade has failed.</summary>
    public bool RollsBack { get; set; }

    /// <summary>When set, it does nothing at all.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Releases that went without being uninstalled.</summary>
    public List<string> Leaked { get; } = [];

    /// <summary>What it did in this moment, for people.</summary>
    public IEnumerable<string> Step(DateTimeOffset now)
    {
        foreach (var release in IsSilent ? [] : cluster.Releases)
        {
            if (Step(release, now) is { } done)
                yield return $"Flux: {release.Metadata.Namespace}/{release.Metadata.Name} {done}";
        }
    }

    /// <summary>When it will have something to do, if nothing happens until then.</summary>
    public DateTimeOffset Next(DateTimeOffset now) =>
        IsSilent ? DateTimeOffset.MaxValue : cluster.Releases.Select(r => Next(r, now)).Append(DateTimeOffset.MaxValue).Min();

    /// <summary>Installs again without a new generation, as it does when the chart in git has changed.</summary>
    public void Again(string uid) => _works.Remove(uid);

    private string? Step(HelmRelease release, DateTimeOffset now)
    {
        var uid = release.Metadata.Uid;
        if (release.Metadata.DeletionTimestamp is { } deleted)
            return Uninstall(release, deleted, now);
        if (release.Spec.Suspend == true)
            return null;
        if (!_works.TryGetValue(uid, out var work) || work.Generation != release.Metadata.Generation)
            return Begin(release, now);
        if (now < work.Until)
            return null;
        if (work.State == Working)
            return End(release, now);
        return work.State == Waiting ? Begin(release, now) : null;
    }

    private DateTimeOffset Next(HelmRelease release, DateTimeOffset now)
    {
        if (release.Metadata.DeletionTimestamp is { } deleted)
            return release.Spec.Suspend == true ? now : deleted + UninstallTime;
        if (release.Spec.Suspend == true)
            return DateTimeOffset.MaxValue;
        return _works.TryGetValue(release.Metadata.Uid, out var work) && work.Generation == release.Metadata.Generation
            ? work.Until
            : now;
    }

    private string? Uninstall(HelmRelease release, DateTimeOffset deleted, DateTimeOffset now)
    {
        if (release.Spec.Suspend == true)
            Leaked.Add(release.Metadata.Uid);
        else if (now < deleted + UninstallTime)
            return null;
        cluster.Remove(release);
        Running.Remove(release.Metadata.Uid);
        return release.Spec.Suspend == true ? "is gone, and its environment is left behind" : "is uninstalled";
    }

    private string Begin(HelmRelease release, DateTimeOffset now)
    {
        _works[release.Metadata.Uid] = new Work(release.Metadata.Generation, Working, now + InstallTime);
        cluster.Put(release.Working());
        return "is being installed";
    }

    private string End(HelmRelease release, DateTimeOffset now)
    {
        var (uid, generation) = (release.Metadata.Uid, release.Metadata.Generation);
        var sha = ReleaseValues.Read(release.Spec).PrSha ?? "";
        if (Broken.Contains(sha))
        {
            _works[uid] = new Work(generation, Waiting, now + RetryTime);
            if (RollsBack && Running.ContainsKey(uid))
            {
                cluster.Put(release.Failed("RollbackSucceeded", "Helm rollback to previous release succeeded"));
                return "failed, and is what it was before";
            }

            cluster.Put(release.Failed(Running.ContainsKey(uid) ? "UpgradeFailed" : "InstallFailed"));
            return "failed";
        }

        _works[uid] = new Work(generation, Done, DateTimeOffset.MaxValue);
        Running[uid] = sha;
        Ran.Add(sha);
        cluster.Put(release.Ready());
        return "is ready";
    }

    private const int Working = 0;

    private const int Waiting = 1;

    private const int Done = 2;

    private sealed record Work(long Generation, int State, DateTimeOffset Until);
}
