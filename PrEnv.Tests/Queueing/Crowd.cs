using PrEnv.Core.Queueing;

namespace PrEnv.Tests.Queueing;

/// <summary>Many at once, on threads of the pool.</summary>
internal static class Crowd
{
    public static Task[] Start(int count, Func<Task> work) => [.. Enumerable.Range(0, count).Select(_ => Task.Run(work))];

    /// <summary>One worker, until the queue is shut down and empty.</summary>
    public static async Task ConsumeAsync<TKey>(WorkQueue<TKey> queue, Func<TKey, Task> work)
        where TKey : notnull
    {
        while (await queue.GetAsync(CancellationToken.None) is { IsShutdown: false } item)
        {
            await work(item.Key);
            queue.Done(item.Key);
        }
    }
}
