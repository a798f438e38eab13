using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Queueing;

/// <summary>What waiting costs, and that a wait that was used again never mixes up two workers.</summary>
internal sealed class WorkQueueWaitTests
{
    [Test]
    public async Task AddGetDone_SteadyState_AllocatesNothing()
    {
        var keys = Enumerable.Range(0, 100).Select(i => new ResourceKey("default", $"key-{i}")).ToArray();
        using var queue = new RateLimitingQueue<ResourceKey>(
            new ItemExponentialFailureRateLimiter<ResourceKey>(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)));
        var before = 0L;
        for (var turn = 0; turn < 200; turn++)
        {
            // The first half warms up: tickets of delays that ended early need room too. No await here ever suspends, so it is one thread
            // all the way.
            if (turn == 100)
                before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var key in keys)
            {
                queue.AddAfter(key, TimeSpan.FromHours(1));
                queue.Add(key, KeyPriority.Low);
                queue.Add(key);
            }

            for (var i = 0; i < keys.Length; i++)
            {
                var item = await queue.GetAsync(CancellationToken.None);

                // Half of them are forgotten, so that their entries serve others.
                if (i % 2 == 0)
                    queue.AddAfter(item.Key, TimeSpan.FromHours(1));
                queue.Done(item.Key);
            }
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public async Task Add_BeforeItsTime_OldTicketsAreThrownAwayWithoutAllocating()
    {
        using var queue = new DelayingQueue<int>();
        queue.AddAfter(0, TimeSpan.FromMinutes(30));
        var before = 0L;
        for (var turn = 0; turn < 2000; turn++)
        {
            if (turn == 500)
                before = GC.GetAllocatedBytesForCurrentThread();
            queue.AddAfter(1, TimeSpan.FromHours(1));
            queue.Add(1);
            queue.Done((await queue.GetAsync(CancellationToken.None)).Key);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public async Task Get_HasToWait_TheSameWaiterServesAgain()
    {
        using var queue = new WorkQueue<int>();
        for (var key = 0; key < 1000; key++)
        {
            var first = queue.GetAsync(CancellationToken.None);
            queue.Add(key);
            Assert.That((await first).Key, Is.EqualTo(key));
            queue.Done(key);
        }
    }

    [Test]
    public async Task Get_AwaitedTwice_IsAnError()
    {
        using var queue = new WorkQueue<int>();
        var wait = queue.GetAsync(CancellationToken.None);
        queue.Add(1);
        await wait;

        Assert.That(async () => await wait, Throws.InvalidOperationException);
    }

    [Test]
    public async Task Get_CancelledBefore_TakesNothing()
    {
        using var queue = new WorkQueue<int>();
        queue.Add(1);

        Assert.That(
            async () => await queue.GetAsync(new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await queue.TakeAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Get_CancelledWhileHandedOut_KeyIsWithTheWorkerOrInTheQueue()
    {
        using var queue = new WorkQueue<int>();
        for (var key = 0; key < 2000; key++)
        {
            using var cancellation = new CancellationTokenSource();
            var wait = queue.GetAsync(cancellation.Token).AsTask();
            using var both = new Barrier(2);
            var cancelling = Task.Run(() =>
            {
                both.SignalAndWait();
                cancellation.Cancel();
            });
            both.SignalAndWait();
            queue.Add(key);
            await cancelling.Soon();
            var item = await wait.Soon().ContinueWith(
                task => task.IsCanceled
                    ? (int?)null
                    : task.Result.Key, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

            Assert.That(item ?? await queue.TakeAsync(), Is.EqualTo(key));
            queue.Done(key);
            Assert.That(queue.Count, Is.Zero);
        }
    }
}
