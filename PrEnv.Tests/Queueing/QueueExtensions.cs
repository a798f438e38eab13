using PrEnv.Core.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Queueing;

internal static class QueueExtensions
{
    /// <summary>The next key; fails when the queue is shut down.</summary>
    public static async Task<TKey> TakeAsync<TKey>(this WorkQueue<TKey> queue)
        where TKey : notnull => (await queue.TakeWithPriorityAsync()).Key;

    /// <summary>The next key with its priority; fails when the queue is shut down.</summary>
    public static async Task<(TKey Key, int Priority)> TakeWithPriorityAsync<TKey>(this WorkQueue<TKey> queue)
        where TKey : notnull
    {
        var item = await queue.GetAsync(CancellationToken.None).Soon();
        Assert.That(item.IsShutdown, Is.False, "the queue is shut down");
        return (item.Key, item.Priority);
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

    /// <summary>A queue whose keys are all held.</summary>
    public static async Task<WorkQueue<string>> HeldAsync(params string[] keys)
    {
        var queue = new WorkQueue<string>();
        foreach (var key in keys)
        {
            queue.Add(key);
            await queue.TakeAsync();
        }

        return queue;
    }
}
