using System.Collections.Immutable;
using PrEnv.Sandbox.Loopback;

namespace PrEnv.Sandbox.Flux;

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
