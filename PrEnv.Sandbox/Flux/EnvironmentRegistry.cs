using System.Collections.Immutable;
using PrEnv.Sandbox.Loopback;

namespace PrEnv.Sandbox.Flux;

/// <summary>A Helm release in the cluster, as far as the double pretends.</summary>
internal sealed record InstalledEnvironment
{
    /// <summary>The HelmRelease that it belongs to.</summary>
    public required ReleaseKey Key { get; init; }

    public required string ReleaseName { get; init; }

    public required string TargetNamespace { get; init; }

    public required string StorageNamespace { get; init; }

    /// <summary>Chart and values that run.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Helm's revision, from 1.</summary>
    public required int Revision { get; init; }

    /// <summary>Did it ever come up? A failed first install leaves things behind that do not answer.</summary>
    public required bool Runs { get; init; }

    /// <summary><c>values.prNumber</c> of what runs.</summary>
    public int? PrNumber { get; init; }

    /// <summary><c>values.prSHA</c> of what runs: during an upgrade still the old one.</summary>
    public string? PrSha { get; init; }

    /// <summary>First install.</summary>
    public required DateTimeOffset FirstInstalledAt { get; init; }

    /// <summary>Last install or upgrade.</summary>
    public required DateTimeOffset InstalledAt { get; init; }

    /// <summary>What the HelmRelease asks for now, once Helm has done it.</summary>
    public static InstalledEnvironment Of(HelmReleaseObject release, DateTimeOffset now, InstalledEnvironment? before = null) => new()
    {
        Key = release.Key,
        ReleaseName = release.ReleaseName,
        TargetNamespace = release.TargetNamespace,
        StorageNamespace = release.StorageNamespace,
        Fingerprint = release.Fingerprint,
        Revision = (before?.Revision ?? 0) + 1,
        Runs = true,
        PrNumber = release.PrNumber,
        PrSha = release.PrSha,
        FirstInstalledAt = before?.FirstInstalledAt ?? now,
        InstalledAt = now,
    };

    /// <summary>Does the HelmRelease mean another Helm release by now? Helm cannot rename one: it uninstalls and installs.</summary>
    public bool IsMovedBy(HelmReleaseObject release) =>
        (ReleaseName, TargetNamespace, StorageNamespace) != (release.ReleaseName, release.TargetNamespace, release.StorageNamespace);
}

/// <summary>How a HelmRelease ended.</summary>
internal enum TeardownOutcome
{
    /// <summary>Helm removed what it had installed.</summary>
    Uninstalled,

    /// <summary>The HelmRelease is gone, and what it had installed is still there.</summary>
    Leaked,

    /// <summary>There was nothing yet.</summary>
    NothingInstalled,
}

/// <summary>The end of a HelmRelease.</summary>
/// <param name="Key">Which.</param>
/// <param name="Outcome">What became of the environment.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="At">When.</param>
internal sealed record Teardown(ReleaseKey Key, TeardownOutcome Outcome, string Reason, DateTimeOffset At);

/// <summary>What is installed, what was torn down, what leaked. Thread-safe.</summary>
internal sealed class EnvironmentRegistry(ChangeSignal changed)
{
    private ImmutableDictionary<ReleaseKey, InstalledEnvironment> _installed = ImmutableDictionary<ReleaseKey, InstalledEnvironment>.Empty;
    private ImmutableList<Teardown> _teardowns = [];

    /// <summary>Those that leaked are still there, as in a real cluster.</summary>
    public IEnumerable<InstalledEnvironment> Installed => Volatile.Read(ref _installed).Values;

    /// <summary>In their order.</summary>
    public IReadOnlyList<Teardown> Teardowns => Volatile.Read(ref _teardowns);

    public IEnumerable<Teardown> Leaks => Teardowns.Where(teardown => teardown.Outcome == TeardownOutcome.Leaked);

    public InstalledEnvironment? Find(ReleaseKey key) => Volatile.Read(ref _installed).GetValueOrDefault(key);

    public InstalledEnvironment? Find(string ns, string name) => Find(new ReleaseKey(ns, name));

    /// <summary>What runs for that pull request; the newest, when several namespaces have one.</summary>
    public InstalledEnvironment? FindByPullRequest(int number, string? ns = null) => Installed
        .Where(environment => environment.Runs && environment.PrNumber == number && (ns is null || environment.Key.Namespace == ns))
        .MaxBy(environment => environment.InstalledAt);

    /// <summary>Completes once the condition holds.</summary>
    public Task UntilAsync(Func<EnvironmentRegistry, bool> condition, CancellationToken cancellationToken) =>
        changed.UntilAsync(() => condition(this), cancellationToken);

    public void Put(InstalledEnvironment environment)
    {
        ImmutableInterlocked.AddOrUpdate(ref _installed, environment.Key, environment, (_, _) => environment);
        changed.Pulse();
    }

    public void Remove(ReleaseKey key)
    {
        ImmutableInterlocked.TryRemove(ref _installed, key, out _);
        changed.Pulse();
    }

    public void Add(Teardown teardown)
    {
        ImmutableInterlocked.Update(ref _teardowns, static (teardowns, added) => teardowns.Add(added), teardown);
        changed.Pulse();
    }
}
