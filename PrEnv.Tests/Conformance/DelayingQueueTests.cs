using PrEnv.Core.Queueing;
using PrEnv.Tests.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Conformance;

/// <summary>The cases of client-go's <c>util/workqueue/delaying_queue_test.go</c>.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DelayingQueueTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly DelayingQueue<string> _queue;

    public DelayingQueueTests() => _queue = new DelayingQueue<string>(_clock);

    public void Dispose() => _queue.Dispose();

    [Test]
    public async Task SimpleQueue()
    {
        _queue.AddAfter("foo", Milliseconds(50));
        _clock.Advance(Milliseconds(49));
        Assert.That(_queue.Count, Is.Zero);
        _clock.Advance(Milliseconds(1));
        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["foo"]));

        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.That(_queue.Count, Is.Zero);
    }

    [Test]
    public async Task DedupingLater()
    {
        _queue.AddAfter("foo", Milliseconds(50));
        _queue.AddAfter("foo", Milliseconds(70));
        Assert.That(_queue.DelayedCount, Is.EqualTo(1));
        _clock.Advance(Milliseconds(60));
        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["foo"]));

        _clock.Advance(Milliseconds(20));
        Assert.That(_queue.Count, Is.Zero);
    }

    [Test]
    public async Task DedupingEarlier()
    {
        _queue.AddAfter("foo", Milliseconds(50));
        _queue.AddAfter("foo", Milliseconds(30));
        _clock.Advance(Milliseconds(40));
        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["foo"]));

        _clock.Advance(Milliseconds(20));
        Assert.That(_queue.Count, Is.Zero);
    }

    [Test]
    public async Task AddTwoFireEarly()
    {
        _queue.AddAfter("first", TimeSpan.FromSeconds(1));
        _queue.AddAfter("second", Milliseconds(50));
        _clock.Advance(Milliseconds(60));
        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["second"]));

        _queue.AddAfter("third", TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["first"]));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["third"]));
    }

    [Test]
    public async Task CopyShifting()
    {
        _queue.AddAfter("first", TimeSpan.FromSeconds(1));
        _queue.AddAfter("second", Milliseconds(500));
        _queue.AddAfter("third", Milliseconds(250));
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["third", "second", "first"]));
    }

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
