using PrEnv.Core.Queueing;
using PrEnv.Tests.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Conformance;

/// <summary>The cases of client-go's <c>util/workqueue/metrics_test.go</c>.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class QueueMetricsTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly TestClock _clock = new();
    private readonly RecordingQueueMetrics _metrics = new();

    [Test]
    public async Task Metrics()
    {
        using var queue = new WorkQueue<string>(_clock, _metrics);
        queue.Add("foo");
        Assert.That((_metrics.Adds, _metrics.Depth), Is.EqualTo((1, 1)));

        _clock.Advance(TimeSpan.FromMilliseconds(50));
        await queue.TakeAsync();
        Assert.That(_metrics.Depth, Is.Zero);
        Assert.That(_metrics.Latencies, Is.EqualTo([TimeSpan.FromMilliseconds(50)]));

        // Added twice while held: one more add, and its latency runs from the first of them.
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        queue.Add("foo");
        queue.Add("foo");
        Assert.That((_metrics.Adds, _metrics.Depth), Is.EqualTo((2, 1)));
        _clock.Advance(TimeSpan.FromMilliseconds(5));
        queue.Done("foo");
        Assert.That(_metrics.Durations, Is.EqualTo([TimeSpan.FromMilliseconds(25)]));

        await queue.TakeAsync();
        Assert.That(_metrics.Latencies[^1], Is.EqualTo(TimeSpan.FromMilliseconds(5)));
    }

    [Test]
    public async Task DepthByPriority()
    {
        using var queue = new DelayingQueue<string>(_clock, _metrics);
        queue.Add("foo", KeyPriority.Low);
        queue.Add("bar", KeyPriority.Low);
        queue.AddAfter("baz", Tick, KeyPriority.Low);
        Assert.That(_metrics.Depths, Is.EqualTo(new Dictionary<int, int> { [KeyPriority.Low] = 2 }), "baz has time");

        queue.Add("foo");
        Assert.That((_metrics.Depths[KeyPriority.Low], _metrics.Depths[KeyPriority.Normal]), Is.EqualTo((1, 1)), "promoted");
        await queue.TakeAsync();
        queue.Add("foo", KeyPriority.Low);
        queue.Add("foo");
        Assert.That((_metrics.Depths[KeyPriority.Low], _metrics.Depths[KeyPriority.Normal]), Is.EqualTo((1, 1)), "promoted while held");
    }

    [Test]
    public async Task MetricsOfHeldKeys()
    {
        using var queue = new WorkQueue<string>(_clock, _metrics);
        queue.Add("foo");
        await queue.TakeAsync();
        _clock.Advance(Tick);
        queue.Add("bar");
        await queue.TakeAsync();
        _clock.Advance(Tick);

        Assert.That(_metrics.LongestRunning, Is.EqualTo(2 * Tick));
        Assert.That(_metrics.Unfinished, Is.EqualTo(3 * Tick));

        queue.Done("foo");
        _clock.Advance(Tick);
        Assert.That(_metrics.LongestRunning, Is.EqualTo(2 * Tick));
        Assert.That(_metrics.Unfinished, Is.EqualTo(2 * Tick));
    }

    [Test]
    public async Task MetricsOfHeldKeys_AfterAPauseWithoutAny_GoOn()
    {
        using var queue = new WorkQueue<string>(_clock, _metrics);
        queue.Add("foo");
        queue.Done(await queue.TakeAsync());
        _clock.Advance(10 * Tick);
        Assert.That(_metrics.Unfinished, Is.EqualTo(TimeSpan.Zero));

        queue.Add("foo");
        await queue.TakeAsync();
        _clock.Advance(Tick);
        Assert.That(_metrics.Unfinished, Is.EqualTo(Tick));
    }

    [Test]
    public async Task MetricShutdown()
    {
        using var queue = new WorkQueue<string>(_clock, _metrics);
        queue.Add("foo");
        await queue.TakeAsync();
        _clock.Advance(Tick);
        var before = _metrics.Unfinished;
        queue.ShutDown();
        _clock.Advance(10 * Tick);

        Assert.That(_metrics.Unfinished, Is.EqualTo(before));
    }

    [Test]
    public void Metrics_AddAfter_CountsARetry()
    {
        using var queue = new DelayingQueue<string>(_clock, _metrics);
        queue.AddAfter("foo", TimeSpan.FromSeconds(1));
        queue.AddAfter("bar", TimeSpan.Zero);

        Assert.That(_metrics.Retries, Is.EqualTo(2));
        Assert.That(_metrics.Adds, Is.EqualTo(1));
    }
}
