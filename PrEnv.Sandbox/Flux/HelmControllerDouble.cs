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
/// cases in which a deletion leaks. It installs nothing; <see cref="Environments"/> keeps what would be installed, and
/// <see cref="EnvironmentServer"/> answers for it. It watches all HelmReleases of the cluster and polls nothing.
/// <para>
/// Not played: charts and sources (a missing source does not fail an install), dependsOn, valuesFrom, tests, drift detection, intervals.
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
    private readonly ConcurrentDictionary<ReleaseKey, KeyedWorker> _workers = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ChangeSignal _changed = new();
    private readonly Task _watching;
    private long _installTicks;

    private HelmControllerDouble(KubernetesClientConfiguration configuration, HelmControllerOptions options)
    {
        _options = options;
        _installTicks = options.InstallDuration.Ticks;
        _api = new HelmReleaseApi(configuration, _cache, options.ConcurrentRequests);
        _scripts = new ReleaseScripts(_changed);
        Environments = new EnvironmentRegistry(_changed);
        var installer = new ReleaseInstaller(_api, Environments, _scripts, () => InstallDuration, options.TimeProvider);
        _remover = new ReleaseRemover(_api, Environments, _scripts, options);
        _reconciler = new ReleaseReconciler(_api, Environments, _scripts, installer, _remover, options.TimeProvider);
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
    public static HelmControllerDouble Start(KubernetesClientConfiguration configuration, HelmControllerOptions? options = null) =>
        new(configuration, options ?? new HelmControllerOptions());

    /// <summary>So many installs or upgrades of that HelmRelease fail. Retries are what its spec says: none by default.</summary>
    public void FailInstalls(string name, int times = int.MaxValue, string message = "timed out waiting for the condition") =>
        _scripts.Set(name, script => script with { FailInstalls = times, Message = message });

    /// <summary>So many uninstalls fail; helm-controller tries again until one does not.</summary>
    public void FailUninstalls(string name, int times = int.MaxValue, string message = "timed out waiting for the condition") =>
        _scripts.Set(name, script => script with { FailUninstalls = times, Message = message });

    /// <summary>Installs and upgrades do not end before <c>spec.timeout</c>, or until <see cref="Heal"/>.</summary>
    public void HangInstalls(string name) => _scripts.Set(name, script => script with { Hangs = true });

    /// <summary>helm-controller gives up on it without trying, for example with <c>AccessDenied</c>.</summary>
    public void Stall(string name, string reason, string message) =>
        _scripts.Set(name, script => script with { StalledReason = reason, Message = message });

    /// <summary>Nothing goes wrong any more; what hangs goes on. What gave up waits, as in Flux, for a change or a reset.</summary>
    public void Heal(string name) => _scripts.Clear(name);

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
        _cache.Keep(release);
        _workers.GetOrAdd(release.Key, key => new KeyedWorker(() => ReconcileAsync(key))).Wake();
    }

    /// <summary>Gone. When the double did not let it go, somebody took the finalizer away by force: what was installed leaks.</summary>
    private void Forget(ReleaseKey key)
    {
        if (!_cache.Forget(key) || _remover.IsReleasing(key) || Environments.Find(key) is null)
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
            if (_cache.Find(key) is { } release && await _reconciler.ReconcileAsync(release, cancellationToken) is { } again)
                WakeLater(key, again);
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

    private void WakeLater(ReleaseKey key, TimeSpan delay) => _workers[key].WakeAfter(delay, _options.TimeProvider);

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
