using System.Collections.Immutable;
using PrEnv.Sandbox.Loopback;

namespace PrEnv.Sandbox.Flux;

/// <summary>Why a chart is not there, as its HelmChart tells it.</summary>
/// <param name="Reason"><c>SourceUnavailable</c>, <c>NoSourceArtifact</c>, <c>InvalidChartReference</c>.</param>
/// <param name="Message">For people.</param>
internal sealed record ChartFault(string Reason, string Message)
{
    /// <summary>source-controller gives up on a path that the source does not have, until the source changes.</summary>
    public bool IsFinal => Reason == "InvalidChartReference";
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

    /// <summary>The error, once for every install that shall fail before Helm has written anything; else null.</summary>
    public string? TakeRenderingFailure(string name) =>
        Take(name, script => script.FailRenderings, script => script with { FailRenderings = script.FailRenderings - 1 });

    /// <summary>The error, once for every install that shall fail; else null.</summary>
    public string? TakeInstallFailure(string name) =>
        Take(name, script => script.FailInstalls, script => script with { FailInstalls = script.FailInstalls - 1 });

    /// <summary>The error, once for every uninstall that shall fail; else null.</summary>
    public string? TakeUninstallFailure(string name) =>
        Take(name, script => script.FailUninstalls, script => script with { FailUninstalls = script.FailUninstalls - 1 });

    /// <summary>Completes once that commit does not hang, or does no more, or <paramref name="isOver"/>.</summary>
    public Task UntilItMovesAsync(string name, string? commit, Func<bool> isOver, CancellationToken cancellationToken) =>
        changed.UntilAsync(() => !Of(name).HangsAt(commit) || isOver(), cancellationToken);

    /// <summary>Completes once helm-controller has time for it.</summary>
    public Task UntilItsTurnAsync(string name, CancellationToken cancellationToken) =>
        changed.UntilAsync(() => !Of(name).Waits, cancellationToken);

    /// <summary>Completes at once, unless the script pauses after this reason of <c>Ready</c>; then, when it no longer does.</summary>
    public async Task PauseAsync(string name, string reason, CancellationToken cancellationToken)
    {
        var script = Of(name);
        if (script.PausesAfter != reason)
            return;
        if (script.PassesBefore > 0)
            Set(name, current => current with { PassesBefore = current.PassesBefore - 1 });
        else
            await changed.UntilAsync(() => Of(name).PausesAfter != reason, cancellationToken);
    }

    private string? Take(string name, Func<ReleaseScript, int> left, Func<ReleaseScript, ReleaseScript> less)
    {
        var script = Of(name);
        if (left(script) <= 0)
            return null;
        Set(name, less);
        return script.Message;
    }
}
