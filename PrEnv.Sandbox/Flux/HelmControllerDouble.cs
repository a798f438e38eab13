using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Sandbox.Loopback;

namespace PrEnv.Sandbox.Flux;

/// <summary>
/// Plays Flux's helm-controller against a real API server: finalizer, conditions, generations, history, retries, suspend, deletion, and the
/// cases in which a deletion leaks. <see cref="HelmControllerOptions.Helm"/> installs, or pretends to; no pod ever runs.
/// <see cref="Environments"/> keeps what is installed, and <see cref="EnvironmentServer"/> answers for it. It watches all HelmReleases of
/// the cluster, and looks again only at what failed. Its statuses, and their order, are those of the recordings of real Flux in the tests.
/// <para>
/// Not played: sources (what a chart lacks is scripted, see <see cref="BreakChart"/>), valuesFrom, Helm tests, intervals.
/// </para>
/// </summary>
internal sealed class HelmControllerDouble : IAsyncDisposable
{
    private readonly HelmControllerOptions _options;
    private readonly HelmReleaseApi _api;
    private readonly ReleaseScripts _scripts;
    private readonly ReleaseReconciler _reconciler;
    private readonly ReleaseRemover _remover;
    private readonly ReleaseCache _cache = new();
    private readonly Dictionary<ReleaseKey, ReleaseTrigger> _triggers = [];
    private readonly ConcurrentDictionary<ReleaseKey, KeyedWorker> _workers = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ChangeSignal _changed = new();
    private readonly Task _watching;
    private long _installTicks;

    private HelmControllerDouble(
        KubernetesClientConfiguration configuration, HelmControllerOptions options, EnvironmentRegistry? environments)
    {
        _options = options;
        _installTicks = options.InstallDuration.Ticks;
        _api = new HelmReleaseApi(configuration, _cache, options.ConcurrentRequests);
        _scripts = new ReleaseScripts(_changed);
        Environments = environments ?? new EnvironmentRegistry(_changed);
        var charts = new HelmCharts(_api, _scripts, options);
        var helm = new HelmAttempt(_api, _cache, _scripts, () => InstallDuration, options);
        var installer = new ReleaseInstaller(Environments, helm, () => InstallDuration, options);
        var prerequisites = new ReleasePrerequisites(_api, _cache, charts, options);
        _remover = new ReleaseRemover(_api, Environments, _scripts, charts, options);
        _reconciler = new ReleaseReconciler(_api, Environments, _scripts, prerequisites, installer, _remover, options);
        _watching = Task.Run(() => WatchAsync(_stop.Token));
    }

    /// <summary>An outline of Flux's definitions, for who has not the real ones.</summary>
    public static string DefinitionsFolder { get; } = RepositoryRoot.Combine("PrEnv.Sandbox", "Flux", "Definitions");

    /// <summary>What is installed, was torn down, or leaked.</summary>
    public EnvironmentRegistry Environments { get; }

    /// <summary>How long the next install or upgrade takes.</summary>
    public TimeSpan InstallDuration
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _installTicks));
        set => Interlocked.Exchange(ref _installTicks, value.Ticks);
    }

    /// <summary>Starts at once; it waits, trying again, for the API server and the CRD.</summary>
    /// <param name="configuration">How it reaches the API server.</param>
    /// <param name="options">How it behaves.</param>
    /// <param name="environments">What one before it has installed; null for nothing.</param>
    public static HelmControllerDouble Start(
        KubernetesClientConfiguration configuration, HelmControllerOptions? options = null, EnvironmentRegistry? environments = null) =>
        new(configuration, options ?? new HelmControllerOptions(), environments);

    /// <summary>So many installs or upgrades of that HelmRelease fail. Retries are what its spec says: none by default.</summary>
    public void FailInstalls(string name, int times = int.MaxValue, string message = "timed out waiting for the condition") =>
        _scripts.Set(name, script => script with { FailInstalls = times, Message = message });

    /// <summary>So many uninstalls fail; helm-controller tries again until one does not.</summary>
    public void FailUninstalls(string name, int times = int.MaxValue, string message = "timed out waiting for the condition") =>
        _scripts.Set(name, script => script with { FailUninstalls = times, Message = message });

    /// <summary>
    /// So many installs or upgrades fail before Helm stores anything, as when a template cannot be rendered. helm-controller tries again
    /// until one does not, and never gives up.
    /// </summary>
    public void FailRenderings(
        string name, int times = int.MaxValue, string message = "execution error at (env/templates/page.yaml:2:4)") =>
        _scripts.Set(name, script => script with { FailRenderings = times, Message = message });

    /// <summary>
    /// Installs and upgrades do not end before <c>spec.timeout</c>, or until <see cref="LetGo"/>; those of one commit
    /// (<c>values.prSHA</c>), or all.
    /// </summary>
    public void HangInstalls(string name, string? commit = null) =>
        _scripts.Set(name, script => script with { Hangs = true, HangingCommit = commit });

    /// <summary>What hangs goes on, and does not hang any more; what else is scripted stays.</summary>
    public void LetGo(string name) => _scripts.Set(name, script => script with { Hangs = false, HangingCommit = null });

    /// <summary>helm-controller does not come to it before <see cref="Heal"/>, as one that is busy or down.</summary>
    public void KeepWaiting(string name) => _scripts.Set(name, script => script with { Waits = true });

    /// <summary>source-controller cannot package the chart until <see cref="Heal"/>; why stands in its HelmChart.</summary>
    public void BreakChart(string name, string reason, string message) =>
        _scripts.Set(name, script => script with { ChartFault = new ChartFault(reason, message) });

    /// <summary>Something that is installed is changed by hand, and helm-controller looks at once.</summary>
    public void Drift(string name)
    {
        _scripts.Set(name, script => script with { Drifted = true });
        foreach (var (key, worker) in _workers.Where(entry => entry.Key.Name == name))
            worker.Wake();
    }

    /// <summary>
    /// Stops right after <c>Ready</c> has been written with that reason, before the rest of the status is, so that a change can fall in
    /// between. It lasts until another pause or <see cref="Heal"/>.
    /// </summary>
    public void PauseAfter(string name, string reason, int passes = 0) =>
        _scripts.Set(name, script => script with { PausesAfter = reason, PassesBefore = passes });

    /// <summary>helm-controller gives up on it without trying, for example with <c>AccessDenied</c>.</summary>
    public void Stall(string name, string reason, string message) =>
        _scripts.Set(name, script => script with { StalledReason = reason, Message = message });

    /// <summary>Nothing goes wrong any more; what hangs goes on. What gave up waits, as in Flux, for a change or a reset.</summary>
    public void Heal(string name) => _scripts.Clear(name);

    /// <summary>Completes once the double's watch has brought this version of a release, or a newer one, or its end.</summary>
    public Task UntilSeenAsync(HelmReleaseObject release, CancellationToken cancellationToken) =>
        _changed.UntilAsync(() => _cache.IsPast(release), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        await Task.WhenAll(_workers.Values.Select(worker => worker.StopAsync()));
        _api.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListAndWatchAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception lost) when (IsTransient(lost))
            {
                await PauseAsync(cancellationToken);
            }
        }
    }

    private async Task ListAndWatchAsync(CancellationToken cancellationToken)
    {
        var (items, version) = await _api.ListAsync(cancellationToken);
        var present = items.Select(item => new HelmReleaseObject(item)).ToDictionary(release => release.Key);
        foreach (var gone in _cache.Keys.Where(key => !present.ContainsKey(key)))
            Forget(gone);
        foreach (var release in present.Values)
            See(release);
        await foreach (var (type, item) in _api.FollowAsync(version, cancellationToken))
            Handle(type, item);
    }

    private void Handle(string type, JsonObject item)
    {
        switch (type)
        {
            case "ADDED" or "MODIFIED":
                See(new HelmReleaseObject(item));
                break;
            case "DELETED":
                Forget(new HelmReleaseObject(item).Key);
                break;
        }
    }

    private void See(HelmReleaseObject release)
    {
        if (_options.WatchNamespace is { } only && release.Key.Namespace != only)
            return;
        _cache.Keep(release);
        _changed.Pulse();
        // As helm-controller's predicates: its own writes to the status are no reason to look.
        var trigger = ReleaseTrigger.Of(release);
        if (_triggers.TryGetValue(release.Key, out var known) && known == trigger)
            return;
        _triggers[release.Key] = trigger;
        _workers.GetOrAdd(release.Key, key => new KeyedWorker(() => ReconcileAsync(key))).Wake();
    }

    /// <summary>Gone. When the double did not let it go, somebody took the finalizer away by force: what was installed leaks.</summary>
    private void Forget(ReleaseKey key)
    {
        _triggers.Remove(key);
        var known = _cache.Forget(key);
        _changed.Pulse();
        if (!known || _remover.IsReleasing(key) || Environments.Find(key) is null)
            return;
        if (Environments.Teardowns.LastOrDefault(teardown => teardown.Key == key)?.Outcome != TeardownOutcome.Leaked)
        {
            const string why = "the finalizer was removed by somebody else";
            Environments.Add(new Teardown(key, TeardownOutcome.Leaked, why, _options.TimeProvider.GetUtcNow()));
        }
    }

    private async Task ReconcileAsync(ReleaseKey key)
    {
        var cancellationToken = _stop.Token;
        try
        {
            await _scripts.UntilItsTurnAsync(key.Name, cancellationToken);
            if (_cache.Find(key) is { } release)
                WakeLater(key, await _reconciler.ReconcileAsync(release, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping.
        }
        catch (Exception failed) when (IsTransient(failed))
        {
            // A conflict, most often: the watch has the newer object by then.
            WakeLater(key, _options.RetryDelay);
        }
    }

    private void WakeLater(ReleaseKey key, TimeSpan? delay) => _workers[key].WakeAfter(delay, _options.TimeProvider);

    private static bool IsTransient(Exception exception) =>
        exception is HttpOperationException or HttpRequestException or IOException or JsonException or OperationCanceledException;

    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(_options.RetryDelay, _options.TimeProvider, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }
}
