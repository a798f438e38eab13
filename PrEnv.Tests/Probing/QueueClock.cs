using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Probing;

/// <summary>
/// Virtual time that tells what a delaying queue arms its timer for: to advance before would be a race. Tickers do not count.
/// </summary>
internal sealed class QueueClock : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _armed = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(base.CreateTimer(callback, state, dueTime, period), _armed.Writer);

    /// <summary>The next delay that somebody arms a timer for.</summary>
    public Task<TimeSpan> NextDelayAsync() => _armed.Reader.ReadAsync().Soon();

    /// <summary>Lets it pass, and returns it.</summary>
    public async Task<TimeSpan> SkipDelayAsync()
    {
        var delay = await NextDelayAsync();
        Advance(delay);
        return delay;
    }

    private sealed class Timer(ITimer inner, ChannelWriter<TimeSpan> armed) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = inner.Change(dueTime, period);
            if (dueTime > TimeSpan.Zero && period == Timeout.InfiniteTimeSpan)
                armed.TryWrite(dueTime);
            return changed;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
