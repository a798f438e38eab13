using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;

namespace PrEnv.Benchmarks.Queue;

/// <summary>The queue.</summary>
internal sealed class QueueThroughput(RateLimitingQueue<ResourceKey> queue, ResourceKey[] keys, int workers) : Throughput(
    keys, workers), IDisposable
{
    /// <summary>Lets all keys wait at once, then empties the queue.</summary>
    public async Task FillAsync()
    {
        foreach (var key in Keys)
            queue.Add(key);
        while (queue.Count > 0)
            queue.Done((await queue.GetAsync(CancellationToken.None)).Key);
    }

    public void Dispose() => queue.Dispose();

    protected override void Add(ResourceKey key) => queue.Add(key);

    protected override async Task WorkAsync()
    {
        ResourceKey key;
        do
        {
            key = (await queue.GetAsync(CancellationToken.None)).Key;
            queue.Done(key);
        }
        while (!IsLast(key));
    }
}
