using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;

namespace PrEnv.Benchmarks.Queue;

/// <summary>A worker that is quicker than the producer: it waits for every key.</summary>
internal sealed class WaitingThroughput(RateLimitingQueue<ResourceKey> queue, ResourceKey[] keys) : IDisposable
{
    public const int Turns = 100_000;

    public async Task RunAsync()
    {
        for (var turn = 0; turn < Turns; turn++)
        {
            var next = queue.GetAsync(CancellationToken.None);
            queue.Add(keys[turn]);
            queue.Done((await next).Key);
        }
    }

    public void Dispose() => queue.Dispose();
}
