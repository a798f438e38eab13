using PrEnv.Core.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Queueing;

internal sealed class WorkQueueTests
{
    [Test]
    public async Task Get_SeveralKeys_AreHandedOutInOrderOfAddition()
    {
        using var queue = new WorkQueue<string>();
        foreach (var key in new[] { "c", "a", "b" })
            queue.Add(key);

        Assert.That(await queue.TakeAllAsync(), Is.EqualTo(["c", "a", "b"]));
    }

    [Test]
    public void Done_KeyThatIsNotHeld_DoesNotDuplicateIt()
    {
        using var queue = new WorkQueue<string>();
        queue.Add("foo");
        queue.Done("foo");

        Assert.That(queue.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task Done_KeyThatIsNotHeldWhileManyAre_DoesNotDuplicateIt()
    {
        using var queue = await QueueExtensions.HeldAsync([.. Enumerable.Range(0, 9).Select(i => $"held-{i}")]);
        queue.Add("foo");
        queue.Done("foo");
        queue.Done("bar");

        Assert.That(queue.Count, Is.EqualTo(1));
        Assert.That(await queue.TakeAllAsync(), Is.EqualTo(["foo"]));
    }

    [Test]
    public async Task Done_OneOfManyThatAreHeld_ItIsHandedOutAgain()
    {
        string[] keys = [.. Enumerable.Range(0, 12).Select(i => $"held-{i}")];
        using var queue = await QueueExtensions.HeldAsync(keys);
        foreach (var key in keys[..3])
        {
            queue.Add(key);
            Assert.That(queue.Count, Is.Zero);
            queue.Done(key);
            Assert.That(await queue.TakeAsync(), Is.EqualTo(key));
        }
    }

    [Test]
    public async Task Get_ClockReadBeforeThatOfTheAdd_LatencyIsZero()
    {
        var metrics = new RecordingQueueMetrics();
        using var queue = new WorkQueue<string>(new BackwardClock(), metrics);
        queue.Add("foo");
        queue.Done(await queue.TakeAsync());

        Assert.That((metrics.Latencies, metrics.Durations), Is.EqualTo((new[] { TimeSpan.Zero }, new[] { TimeSpan.Zero })));
    }

    [Test]
    public async Task Get_Cancelled_LosesNoKey()
    {
        using var queue = new WorkQueue<string>();
        using var cancellation = new CancellationTokenSource();
        var waiting = queue.GetAsync(cancellation.Token).AsTask();
        Assert.That(waiting.IsCompleted, Is.False);
        await cancellation.CancelAsync();
        Assert.That(async () => await waiting.Soon(), Throws.InstanceOf<OperationCanceledException>());

        queue.Add("foo");
        Assert.That(await queue.TakeAsync(), Is.EqualTo("foo"));
    }

    [Test]
    public async Task Get_WaitingWhenAdded_IsWoken()
    {
        using var queue = new WorkQueue<string>();
        var first = queue.TakeAsync();
        var second = queue.TakeAsync();
        queue.Add("foo");
        queue.Add("bar");

        Assert.That(await Task.WhenAll(first, second), Is.EquivalentTo(["foo", "bar"]));
    }

    // As two threads see it, of which one reads the clock first and gets the lock last.
    private sealed class BackwardClock : TimeProvider
    {
        private long _now = long.MaxValue / 2;

        public override long GetTimestamp() => _now -= TimestampFrequency;
    }
}
