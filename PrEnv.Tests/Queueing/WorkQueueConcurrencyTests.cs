using System.Collections.Concurrent;
using CsCheck;
using PrEnv.Core.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Queueing;

internal sealed class WorkQueueConcurrencyTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task Basic_ManyProducersAndConsumers_NothingAddedAfterShutdownIsHandedOut(bool drain)
    {
        using var queue = new WorkQueue<string>();
        var handedOut = new ConcurrentBag<string>();
        var consumers = Workers(10, () => ConsumeAsync(queue, key =>
        {
            handedOut.Add(key);
            return Task.CompletedTask;
        }));
        var producers = Workers(50, () =>
        {
            for (var i = 0; i < 50; i++)
                queue.Add($"key-{i}");
            return Task.CompletedTask;
        });
        await Task.WhenAll(producers).Soon();

        if (drain)
            await queue.ShutDownWithDrainAsync().Soon();
        else
            queue.ShutDown();
        queue.Add("added after shutdown");
        await Task.WhenAll(consumers).Soon();

        Assert.That(handedOut, Has.No.Member("added after shutdown"));
        Assert.That(handedOut.Distinct(StringComparer.Ordinal).Count(), Is.EqualTo(50));
        Assert.That(queue.Count, Is.Zero);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Add_WorkersReAddWhatTheyHold_AllFinish(bool drain)
    {
        const int TurnsEach = 5;
        using var queue = new WorkQueue<string>();
        var turns = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var finished = new CountdownEvent(10);
        var consumers = Workers(4, () => ConsumeAsync(queue, key =>
        {
            if (turns.AddOrUpdate(key, 1, (_, n) => n + 1) < TurnsEach)
                queue.Add(key);
            else
                finished.Signal();
            return Task.CompletedTask;
        }));
        for (var i = 0; i < 10; i++)
            queue.Add($"key-{i}");
        await Task.Run(() => finished.Wait(TimeSpan.FromSeconds(20))).Soon();

        if (drain)
            await queue.ShutDownWithDrainAsync().Soon();
        else
            queue.ShutDown();
        await Task.WhenAll(consumers).Soon();

        Assert.That(turns.Values, Is.All.EqualTo(TurnsEach));
        Assert.That(queue.Count, Is.Zero);
    }

    [Test]
    public Task AnyLoad_WorkersInParallel_NoKeyHasTwoHoldersAndNoUpdateIsLost() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[0, 5].Array[1, 200])
            .SampleAsync((workers, producers, keys) => RunLoadAsync(workers, producers, keys).Soon(), iter: 60, threads: 1);

    private static async Task<bool> RunLoadAsync(int workerCount, int producerCount, int[] keys)
    {
        using var queue = new WorkQueue<int>();
        var versions = new int[6];
        var seen = new int[6];
        var holders = new int[6];
        var violated = 0;
        var consumers = Workers(workerCount, () => ConsumeAsync(queue, async key =>
        {
            if (Interlocked.Increment(ref holders[key]) != 1)
                Interlocked.Increment(ref violated);
            Volatile.Write(ref seen[key], Volatile.Read(ref versions[key]));
            await Task.Yield();
            Interlocked.Decrement(ref holders[key]);
        }));
        await Task.WhenAll(Workers(producerCount, () =>
        {
            foreach (var key in keys)
            {
                // The change comes first, the key after it: as an informer does.
                Interlocked.Increment(ref versions[key]);
                queue.Add(key);
            }

            return Task.CompletedTask;
        }));
        queue.ShutDown();
        await Task.WhenAll(consumers);
        return violated == 0 && seen.SequenceEqual(versions);
    }

    private static Task[] Workers(int count, Func<Task> work) => [.. Enumerable.Range(0, count).Select(_ => Task.Run(work))];

    private static async Task ConsumeAsync<TKey>(WorkQueue<TKey> queue, Func<TKey, Task> work)
        where TKey : notnull
    {
        while (await queue.GetAsync(CancellationToken.None) is { IsShutdown: false } item)
        {
            await work(item.Key);
            queue.Done(item.Key);
        }
    }
}
