using System.Collections.Immutable;
using PrEnv.Sandbox.Loopback;

namespace PrEnv.Sandbox.Flux;

/// <summary>What shall go wrong with a release.</summary>
internal sealed record ReleaseScript
{
    public static ReleaseScript None { get; } = new();

    /// <summary>So many installs or upgrades fail, each with <see cref="Message"/>.</summary>
    public int FailInstalls { get; init; }

    /// <summary>So many uninstalls fail.</summary>
    public int FailUninstalls { get; init; }

    /// <summary>Installs and upgrades do not end before <c>spec.timeout</c>, or until healed.</summary>
    public bool Hangs { get; init; }

    /// <summary>Reason of <c>Stalled</c>: helm-controller gives up without trying. Null does not.</summary>
    public string? StalledReason { get; init; }

    public string Message { get; init; } = "";
}

/// <summary>What shall go wrong, by the name of the HelmRelease, in every namespace. Thread-safe.</summary>
internal sealed class ReleaseScripts(ChangeSignal changed)
{
    private ImmutableDictionary<string, ReleaseScript> _scripts = ImmutableDictionary<string, ReleaseScript>.Empty;

    public ReleaseScript Of(string name) => Volatile.Read(ref _scripts).GetValueOrDefault(name, ReleaseScript.None);

    public void Set(string name, Func<ReleaseScript, ReleaseScript> change)
    {
        ImmutableInterlocked.AddOrUpdate(ref _scripts, name, _ => change(ReleaseScript.None), (_, script) => change(script));
        changed.Pulse();
    }

    public void Clear(string name)
    {
        ImmutableInterlocked.TryRemove(ref _scripts, name, out _);
        changed.Pulse();
    }

    /// <summary>True once for every install that shall fail.</summary>
    public bool TakeInstallFailure(string name, out string message)
    {
        var script = Of(name);
        message = script.Message;
        if (script.FailInstalls <= 0)
            return false;
        Set(name, current => current with { FailInstalls = current.FailInstalls - 1 });
        return true;
    }

    /// <summary>True once for every uninstall that shall fail.</summary>
    public bool TakeUninstallFailure(string name, out string message)
    {
        var script = Of(name);
        message = script.Message;
        if (script.FailUninstalls <= 0)
            return false;
        Set(name, current => current with { FailUninstalls = current.FailUninstalls - 1 });
        return true;
    }

    /// <summary>Completes once the release does not hang, or does no more.</summary>
    public Task UntilItMovesAsync(string name, CancellationToken cancellationToken) =>
        changed.UntilAsync(() => !Of(name).Hangs, cancellationToken);
}
