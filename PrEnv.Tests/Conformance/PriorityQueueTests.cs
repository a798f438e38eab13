using CsCheck;
using PrEnv.Core.Queueing;
using PrEnv.Core.Reconciling;
using PrEnv.Tests.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Conformance;

/// <summary>The cases of controller-runtime's <c>pkg/controller/priorityqueue/priorityqueue_test.go</c>.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PriorityQueueTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly RateLimitingQueue<string> _queue;

    public PriorityQueueTests() => _queue = new RateLimitingQueue<string>(
        new ItemExponentialFailureRateLimiter<string>(TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1)), _clock);

    public void Dispose() => _queue.Dispose();

    [Test]
    public async Task HighestPriorityFirst()
    {
        _queue.Add("low", KeyPriority.Low);
        _queue.Add("normal");
        _queue.Add("high", 1);

        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["high", "normal", "low"]));
    }

    [Test]
    public async Task FirstInFirstOutWithinAPriority()
    {
        foreach (var key in new[] { "c", "a", "b" })
            _queue.Add(key, 7);

        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["c", "a", "b"]));
    }

    [Test]
    public async Task DoesNotHandOutALockedItem()
    {
        _queue.Add("foo");
        await _queue.TakeAsync();
        var idle = _queue.GetAsync(CancellationToken.None).AsTask();
        _queue.Add("foo", 100);
        _queue.Add("bar", KeyPriority.Low);

        Assert.That((await idle.Soon()).Key, Is.EqualTo("bar"));
        Assert.That(_queue.Count, Is.Zero);
    }

    [Test]
    public async Task HandsOutALockedItemOnceUnlocked()
    {
        _queue.Add("foo");
        await _queue.TakeAsync();
        var idle = _queue.GetAsync(CancellationToken.None).AsTask();
        _queue.Add("foo", 5);
        _queue.Done("foo");

        Assert.That(await idle.Soon(), Is.EqualTo(new WorkItem<string>("foo", IsShutdown: false, 5)));
    }

    [Test]
    public async Task Dedupes()
    {
        _queue.Add("foo");
        _queue.AddAfter("foo", Milliseconds(1));
        _queue.Add("foo");
        _clock.Advance(Milliseconds(10));

        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["foo"]));
    }

    [Test]
    public async Task KeepsTheHighestPriorityAndTheLowestDelay()
    {
        _queue.AddAfter("foo", Milliseconds(10), 1);
        _queue.AddAfter("foo", Milliseconds(5), 0);
        _queue.AddAfter("foo", Milliseconds(7), 3);
        _queue.AddAfter("foo", Milliseconds(20), 2);
        _clock.Advance(Milliseconds(5) - TimeSpan.FromTicks(1));
        Assert.That(_queue.Count, Is.Zero);
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.That(await _queue.TakeWithPriorityAsync(), Is.EqualTo(("foo", 3)));
        _queue.Done("foo");
        _clock.Advance(Milliseconds(50));
        Assert.That(_queue.Count, Is.Zero);
    }

    [Test]
    public async Task AnAddTakesThePlaceOfADelay()
    {
        _queue.AddAfter("foo", Milliseconds(10), 1);
        _queue.Add("foo");
        Assert.That((_queue.Count, _queue.DelayedCount), Is.EqualTo((1, 0)));

        Assert.That(await _queue.TakeWithPriorityAsync(), Is.EqualTo(("foo", 1)));
    }

    [Test]
    public async Task IsNotDemoted()
    {
        _queue.Add("foo", 2);
        _queue.Add("bar", 1);
        _queue.Add("foo", 0);

        Assert.That(await _queue.TakeWithPriorityAsync(), Is.EqualTo(("foo", 2)));
    }

    [Test]
    public async Task APromotedItemGoesToTheEndOfItsNewPriority()
    {
        _queue.Add("foo", KeyPriority.Low);
        _queue.Add("bar");
        _queue.Add("baz");
        _queue.Add("foo");
        _queue.Add("bar", KeyPriority.Low);

        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["bar", "baz", "foo"]));
    }

    [Test]
    public void LenExcludesWaitingItems()
    {
        _queue.Add("foo");
        _queue.AddAfter("bar", Milliseconds(1));
        Assert.That(_queue.Count, Is.EqualTo(1));
        _clock.Advance(Milliseconds(1));

        Assert.That(_queue.Count, Is.EqualTo(2));
    }

    [Test]
    public async Task GetIsUnblockedByShutdown()
    {
        var idle = _queue.GetAsync(CancellationToken.None).AsTask();
        _queue.ShutDown();

        Assert.That((await idle.Soon()).IsShutdown, Is.True);
    }

    [Test]
    public async Task NoDeadlockAtShutdown()
    {
        var workers = Crowd.Start(8, () => Crowd.ConsumeAsync(_queue, _ => Task.CompletedTask));
        var adders = Crowd.Start(4, () =>
        {
            for (var i = 0; !_queue.IsShuttingDown; i++)
            {
                _queue.Add($"key-{i % 50}", i % 3);
                _queue.AddAfter($"key-{i % 70}", Milliseconds(i % 5));
                _clock.Advance(Milliseconds(1));
            }

            return Task.CompletedTask;
        });
        _queue.Add("last");
        await _queue.ShutDownWithDrainAsync().Soon();

        await Task.WhenAll([.. workers, .. adders]).Soon();
    }

    [TestCase(KeyPriority.Low)]
    [TestCase(KeyPriority.Normal)]
    public async Task ARetryKeepsItsPriority(int priority)
    {
        _queue.Add("foo", priority);
        var item = await _queue.GetAsync(CancellationToken.None);
        ReconcileOutcome.Apply(_queue, item, ReconcileResult.Failed(new IOException()));
        _clock.Advance(Milliseconds(1));

        Assert.That(await _queue.TakeWithPriorityAsync(), Is.EqualTo(("foo", priority)));
    }

    [Test]
    public async Task ARegularLookIsOfLowPriority()
    {
        _queue.Add("foo");
        var item = await _queue.GetAsync(CancellationToken.None);
        ReconcileOutcome.Apply(_queue, item, ReconcileResult.RequeueAfter(Milliseconds(1)));
        _clock.Advance(Milliseconds(1));

        Assert.That(await _queue.TakeWithPriorityAsync(), Is.EqualTo(("foo", KeyPriority.Low)));
    }

    [Test]
    public Task FuzzPriorityQueue() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[0, int.MaxValue])
            .SampleAsync((workers, producers, seed) => FuzzedQueue.RunAsync(workers, producers, seed).Soon(), iter: 60, threads: 1);

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
