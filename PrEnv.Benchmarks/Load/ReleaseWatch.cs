using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Core.Informers;
using PrEnv.Core.Resources;

namespace PrEnv.Benchmarks.Load;

/// <summary>Sees what happens to HelmReleases, apart from their end, by an informer of its own.</summary>
internal sealed class ReleaseWatch : IInformerHandler<HelmRelease>, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SharedInformer<HelmRelease> _informer;
    private readonly Action<HelmRelease, bool> _see;
    private readonly Task _run;

    /// <summary>Begins.</summary>
    /// <param name="releases">The server.</param>
    /// <param name="see">Is called with every release that is there, or changes; true: it is new.</param>
    public ReleaseWatch(IListWatch<HelmRelease> releases, Action<HelmRelease, bool> see)
    {
        _see = see;
        _informer = new SharedInformer<HelmRelease>(releases, new ReflectorOptions(), TimeProvider.System, NullLogger.Instance);
        _informer.AddHandler(this);
        _run = _informer.RunAsync(_stop.Token);
    }

    /// <summary>Completes when it has seen what there is.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) => _informer.WaitForSyncAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _stop.Dispose();
    }

    void IInformerHandler<HelmRelease>.OnAdded(HelmRelease item, bool isInInitialList) => _see(item, !isInInitialList);

    void IInformerHandler<HelmRelease>.OnUpdated(HelmRelease old, HelmRelease item) => _see(item, false);

    void IInformerHandler<HelmRelease>.OnDeleted(Tombstone<HelmRelease> tombstone)
    {
        // Nobody asks.
    }
}
