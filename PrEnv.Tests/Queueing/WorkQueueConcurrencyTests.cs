using CsCheck;
using PrEnv.Core.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Queueing;

internal sealed class WorkQueueConcurrencyTests
{
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
        var consumers = Crowd.Start(workerCount, () => Crowd.ConsumeAsync(queue, async key =>
        {
            if (Interlocked.Increment(ref holders[key]) != 1)
                Interlocked.Increment(ref violated);
            Volatile.Write(ref seen[key], Volatile.Read(ref versions[key]));
            await Task.Yield();
            Interlocked.Decrement(ref holders[key]);
        }));
        await Task.WhenAll(Crowd.Start(producerCount, () =>
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
}
