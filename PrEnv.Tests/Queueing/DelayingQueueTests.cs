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
    public async Task AddAfter_EqualTimes_KeepTheOrderOfAddition()
    {
        foreach (var key in new[] { "c", "a", "b" })
            _queue.AddAfter(key, Milliseconds(10));
        _clock.Advance(Milliseconds(10));

        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["c", "a", "b"]));
    }

    [Test]
    public async Task AddAfter_ManyReadyAtOnce_AllComeInOrder()
    {
        string[] keys = [.. Enumerable.Range(0, 300).Select(number => $"key-{number}")];
        foreach (var key in keys)
            _queue.AddAfter(key, Milliseconds(10));
        _clock.Advance(Milliseconds(10));

        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(keys));
    }

    [Test]
    public async Task AddAfter_WhatWasReadyFirstIsGone_TheNextComesInItsTime()
    {
        foreach (var number in Enumerable.Range(0, 50))
        {
            _queue.AddAfter($"key-{number}", Milliseconds(10));
            _queue.Add($"key-{number}");
        }

        await _queue.TakeAllAsync();
        _queue.AddAfter("foo", Milliseconds(20));
        _clock.Advance(Milliseconds(10));
        Assert.That(_queue.Count, Is.Zero);
        _clock.Advance(Milliseconds(10));

        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo(["foo"]));
    }

    [Test]
    public void AddAfter_LaterThanAnotherKey_LeavesTheTimerAlone()
    {
        var clock = new CountingClock();
        using var queue = new DelayingQueue<string>(clock);
        queue.AddAfter("first", TimeSpan.FromHours(2));
        queue.AddAfter("later", TimeSpan.FromHours(3));
        queue.AddAfter("first", TimeSpan.FromHours(4));
        Assert.That(clock.Changes, Is.EqualTo(1));

        queue.AddAfter("sooner", TimeSpan.FromHours(1));
        Assert.That(clock.Changes, Is.EqualTo(2));
    }

    [TestCase(0)]
    [TestCase(-5)]
    public async Task AddAfter_NotPositive_AddsNow(int milliseconds)
    {
        var waiting = _queue.TakeAsync();
        _queue.AddAfter("foo", Milliseconds(milliseconds));
        Assert.That(await waiting, Is.EqualTo("foo"));
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
        foreach (var number in Enumerable.Range(0, 300))
            _queue.AddAfter($"key-{number}", Milliseconds(50));
        _queue.ShutDown();
        _queue.AddAfter("bar", Milliseconds(50));
        Assert.That(_queue.DelayedCount, Is.Zero);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That((await _queue.GetAsync(CancellationToken.None).Soon()).IsShutdown, Is.True);
    }

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);

    private sealed class CountingClock : TimeProvider
    {
        public int Changes { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Timer(this, base.CreateTimer(callback, state, dueTime, period));

        private sealed class Timer(CountingClock clock, ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                clock.Changes++;
                return timer.Change(dueTime, period);
            }

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
