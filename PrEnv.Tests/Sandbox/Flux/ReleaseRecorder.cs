using System.Collections.Concurrent;
using System.Threading.Channels;
using PrEnv.Sandbox.Flux;
using PrEnv.Tests.Flux;

namespace PrEnv.Tests.Sandbox.Flux;

/// <summary>Watches the releases of a namespace as the recordings of real Flux were made, equal neighbours collapsed.</summary>
internal sealed class ReleaseRecorder : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Channel<FluxMoment>> _seen = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    private ReleaseRecorder(IAsyncEnumerable<RawWatchEvent> events) => _watching = Task.Run(() => WatchAsync(events));

    public static async Task<ReleaseRecorder> StartAsync(FluxCluster cluster) =>
        new(await cluster.WatchAsync(TestContext.CurrentContext.CancellationToken));

    /// <summary>The next moment of that release that differs from the one before.</summary>
    public ValueTask<FluxMoment> NextAsync(string name, CancellationToken cancellationToken) =>
        Of(name).Reader.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private Channel<FluxMoment> Of(string name) => _seen.GetOrAdd(name, _ => Channel.CreateUnbounded<FluxMoment>());

    private async Task WatchAsync(IAsyncEnumerable<RawWatchEvent> events)
    {
        var last = new Dictionary<string, FluxMoment>(StringComparer.Ordinal);
        try
        {
            await foreach (var (_, item) in events.WithCancellation(_stop.Token))
            {
                var release = new HelmReleaseObject(item);
                var moment = FluxMoment.Of(release.Generation, release.Status);
                if (last.TryGetValue(release.Key.Name, out var before) && before == moment)
                    continue;
                last[release.Key.Name] = moment;
                Of(release.Key.Name).Writer.TryWrite(moment);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
