using PrEnv.Core.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Queueing;

internal static class QueueExtensions
{
    /// <summary>The next key; fails when the queue is shut down.</summary>
    public static async Task<TKey> TakeAsync<TKey>(this WorkQueue<TKey> queue)
        where TKey : notnull
    {
        var item = await queue.GetAsync(CancellationToken.None).Soon();
        Assert.That(item.IsShutdown, Is.False, "the queue is shut down");
        return item.Key;
    }

    /// <summary>Everything that waits, in order, each key done at once.</summary>
    public static async Task<List<TKey>> TakeAllAsync<TKey>(this WorkQueue<TKey> queue)
        where TKey : notnull
    {
        var keys = new List<TKey>();
        while (queue.Count > 0)
        {
            keys.Add(await queue.TakeAsync());
            queue.Done(keys[^1]);
        }

        return keys;
    }
}
