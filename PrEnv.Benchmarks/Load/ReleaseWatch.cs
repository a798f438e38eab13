using PrEnv.Core.Informers;
using PrEnv.Core.Resources;

namespace PrEnv.Benchmarks.Load;

/// <summary>Sees all that happens to HelmReleases by a watch of its own, which starts again where the server has ended it.</summary>
internal sealed class ReleaseWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IListWatch<HelmRelease> _releases;
    private readonly Action<WatchEvent<HelmRelease>> _see;
    private readonly Task _watching;

    public ReleaseWatch(IListWatch<HelmRelease> releases, Action<WatchEvent<HelmRelease>> see)
    {
        (_releases, _see) = (releases, see);
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>Completes when it sees what happens from then on; fails when it cannot.</summary>
    public async Task OpenAsync() => await await Task.WhenAny(_open.Task, _watching);

    /// <summary>The result, unless the watch breaks before it is there.</summary>
    public async Task<T> OrFailAsync<T>(Task<T> result) => await await Task.WhenAny(result, FailAsync<T>());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task<T> FailAsync<T>()
    {
        await _watching;
        throw new InvalidOperationException("The watch has ended.");
    }

    private async Task WatchAsync()
    {
        try
        {
            var version = (await _releases.ListAsync(new ListOptions(""), _stop.Token)).ResourceVersion;
            _open.TrySetResult();
            while (true)
            {
                await foreach (var change in _releases.WatchAsync(new WatchOptions(version, TimeSpan.FromMinutes(10)), _stop.Token))
                {
                    version = change.ResourceVersion ?? version;
                    if (change.Object is not null)
                        _see(change);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }
}
