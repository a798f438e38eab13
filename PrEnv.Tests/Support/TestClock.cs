using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace PrEnv.Tests.Support;

/// <summary>
/// Virtual time that tells when somebody begins to wait: to advance before the timer is there would be a race. Only one-shot waits
/// of less than five minutes count, which leaves out tickers and the deadlines of watches.
/// </summary>
internal sealed class TestClock : FakeTimeProvider
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Channel<TimeSpan> _pauses = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>How far the wall clock is off: it may jump, and no timer may care.</summary>
    public TimeSpan WallClockOffset { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + WallClockOffset;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (period == Timeout.InfiniteTimeSpan && dueTime > TimeSpan.Zero && dueTime < LongestPause)
            _pauses.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>The length of the next pause that somebody makes.</summary>
    public Task<TimeSpan> NextPauseAsync() => _pauses.Reader.ReadAsync().Soon();

    /// <summary>Lets the next pause pass, and returns its length.</summary>
    public async Task<TimeSpan> SkipPauseAsync()
    {
        var pause = await NextPauseAsync();
        Advance(pause);
        return pause;
    }
}
