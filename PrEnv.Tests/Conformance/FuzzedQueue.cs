using PrEnv.Core.Queueing;
using PrEnv.Tests.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Conformance;

/// <summary>A queue under any load on threads of the pool and a clock that jumps, and what must hold whatever happens.</summary>
internal static class FuzzedQueue
{
    private const int Keys = 12;

    /// <summary>True if no key ever had two holders, none was lost, and none that came out early of a delay was forgotten.</summary>
    public static async Task<bool> RunAsync(int workers, int producers, int seed)
    {
        var clock = new TestClock();
        using var queue = new RateLimitingQueue<int>(
            new ItemExponentialFailureRateLimiter<int>(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1)), clock);
        var asked = new int[Keys];
        var seen = new int[Keys];
        var holders = new int[Keys];
        var violations = 0;
        var consumers = Crowd.Start(workers, () => Crowd.ConsumeAsync(queue, async key =>
        {
            if (Interlocked.Increment(ref holders[key]) != 1)
                Interlocked.Increment(ref violations);
            Volatile.Write(ref seen[key], Volatile.Read(ref asked[key]));
            await Task.Yield();
            Interlocked.Decrement(ref holders[key]);
        }));
        var seeds = new Random(seed);
        var starts = Enumerable.Range(0, producers).Select(_ => seeds.Next()).ToArray();
        await Task.WhenAll(starts.Select(start => Task.Run(() => Produce(queue, clock, asked, new Random(start)))));
        clock.Advance(TimeSpan.FromMinutes(1));
        queue.ShutDown();
        await Task.WhenAll(consumers);
        return violations == 0 && seen.SequenceEqual(asked);
    }

    private static void Produce(RateLimitingQueue<int> queue, TestClock clock, int[] asked, Random random)
    {
        for (var i = 0; i < 200; i++)
        {
            // The change comes first, the key after it: as an informer does.
            var key = random.Next(Keys);
            Interlocked.Increment(ref asked[key]);
            var priority = random.Next(-2, 3);
            switch (random.Next(4))
            {
                case 0:
                    queue.AddAfter(key, TimeSpan.FromMilliseconds(random.Next(20)), priority);
                    break;
                case 1:
                    queue.AddRateLimited(key, priority);
                    break;
                default:
                    queue.Add(key, priority);
                    break;
            }

            if (random.Next(10) == 0)
                clock.Advance(TimeSpan.FromMilliseconds(random.Next(10)));
        }
    }
}
