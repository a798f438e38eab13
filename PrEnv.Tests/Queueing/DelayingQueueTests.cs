using CsCheck;
using PrEnv.Core.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Queueing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class DelayingQueueTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly DelayingQueue<string> _queue;

    public DelayingQueueTests() => _queue = new DelayingQueue<string>(_clock);

    public void Dispose() => _queue.Dispose();

    [Test]
    public async Task AddAfter_OneKey_IsAbsentBeforePresentOnceAfterNeverTwice()
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
    public async Task AddAfter_LaterTimeForWaitingKey_IsIgnored()
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
    public async Task AddAfter_EarlierTimeForWaitingKey_ReplacesIt()
    {
        _queue.AddAfter("foo", Milliseconds(50));
        _queue.AddAfter("foo", Milliseconds(30));
        _clock.Advance(Milliseconds(40));
        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["foo"]));

        _clock.Advance(Milliseconds(20));
        Assert.That(_queue.Count, Is.Zero);
    }

    [Test]
    public async Task AddAfter_ShorterDelayAddedSecond_FiresFirst()
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
    public async Task AddAfter_InsertedInReverse_ComeOutByReadyTime()
    {
        _queue.AddAfter("first", TimeSpan.FromSeconds(1));
        _queue.AddAfter("second", Milliseconds(500));
        _queue.AddAfter("third", Milliseconds(250));
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["third", "second", "first"]));
    }

    [Test]
    public async Task AddAfter_EqualTimes_KeepTheOrderOfAddition()
    {
        foreach (var key in new[] { "c", "a", "b" })
            _queue.AddAfter(key, Milliseconds(10));
        _clock.Advance(Milliseconds(10));

        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["c", "a", "b"]));
    }

    [TestCase(0)]
    [TestCase(-5)]
    public async Task AddAfter_NotPositive_AddsNow(int milliseconds)
    {
        _queue.AddAfter("foo", Milliseconds(milliseconds));
        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["foo"]));
    }

    [Test]
    public async Task AddAfter_BeyondTheLongestTimer_ComesInItsTime()
    {
        // From a later time than zero, so that the longest delay would overflow.
        _clock.Advance(Milliseconds(1));
        _queue.AddAfter("foo", TimeSpan.FromDays(100));
        _queue.AddAfter("never", TimeSpan.MaxValue);
        for (var day = 0; day < 99; day++)
            _clock.Advance(TimeSpan.FromDays(1));
        Assert.That(_queue.Count, Is.Zero);
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["foo"]));
    }

    [Test]
    public async Task ShutDown_DelayedKeys_AreDroppedAndMoreIgnored()
    {
        _queue.AddAfter("foo", Milliseconds(50));
        _queue.ShutDown();
        _queue.AddAfter("bar", Milliseconds(50));
        Assert.That(_queue.DelayedCount, Is.Zero);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That((await _queue.GetAsync(CancellationToken.None).Soon()).IsShutdown, Is.True);
    }

    [Test]
    public void DelayedKeys_AnyAdditions_ComeOutOnceByTheirEarliestTime() =>
        Gen.Select(Gen.Int[0, 9], Gen.Long[0, 20]).Array[0, 50].Sample(additions =>
        {
            var delayed = new DelayedKeys<int>();
            foreach (var (key, readyAt) in additions)
                delayed.Add(key, readyAt);
            var earliest = additions.GroupBy(a => a.Item1).ToDictionary(g => g.Key, g => g.Min(a => a.Item2));

            var taken = new List<int>();
            for (var now = 0L; now <= 20; now++)
            {
                while (delayed.TryTakeReady(now, out var key))
                {
                    Assert.That(earliest[key], Is.EqualTo(now));
                    taken.Add(key);
                }
            }

            Assert.That(taken, Is.EquivalentTo(earliest.Keys));
            Assert.That(delayed.Count, Is.Zero);
        });

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
