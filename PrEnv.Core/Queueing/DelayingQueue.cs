namespace PrEnv.Core.Queueing;

/// <summary>A <see cref="WorkQueue{TKey}"/> that can take a key later. All members are thread-safe.</summary>
public class DelayingQueue<TKey> : WorkQueue<TKey>
    where TKey : notnull
{
    // Timers take no more than about 49 days; a longer wait is cut into pieces.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(30);

    private readonly Lock _gate = new();
    private readonly DelayedKeys<TKey> _delayed = new();
    private readonly ITimer _timer;
    private readonly long _origin;

    // When the timer will fire; null while it is off.
    private long? _armedFor;
    private bool _stopped;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="metrics">Default none.</param>
    public DelayingQueue(TimeProvider? time = null, IQueueMetrics? metrics = null)
        : base(time, metrics)
    {
        _origin = Time.GetTimestamp();
        _timer = Time.CreateTimer(_ => MoveReady(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many keys wait for their time. They are not part of <see cref="WorkQueue{TKey}.Count"/>.</summary>
    public int DelayedCount
    {
        get
        {
            lock (_gate)
                return _delayed.Count;
        }
    }

    private long Now => Time.GetElapsedTime(_origin).Ticks;

    /// <summary>
    /// Adds the key after a delay, at once when it is not positive. A key waits for one time only, the earliest that was asked for.
    /// Ignored after shutdown; what waits at shutdown is dropped.
    /// </summary>
    public void AddAfter(TKey key, TimeSpan delay)
    {
        if (IsShuttingDown)
            return;
        Metrics.Retried();
        if (delay <= TimeSpan.Zero)
        {
            Add(key);
            return;
        }

        lock (_gate)
        {
            if (_stopped)
                return;
            var now = Now;
            _delayed.Add(key, delay.Ticks > long.MaxValue - now ? long.MaxValue : now + delay.Ticks);
            Arm(now);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            _timer.Dispose();
    }

    private protected override void OnShutDown()
    {
        lock (_gate)
        {
            _stopped = true;
            _delayed.Clear();
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private void MoveReady()
    {
        lock (_gate)
        {
            _armedFor = null;
            var now = Now;
            while (_delayed.TryTakeReady(now, out var key))
                Add(key);
            Arm(now);
        }
    }

    private void Arm(long now)
    {
        if (_stopped || _delayed.Next is not { } next || _armedFor <= next)
            return;

        // Timers count whole milliseconds and cut the rest off: rounding up keeps them from firing a moment too early, over and over.
        var milliseconds = Math.Ceiling(TimeSpan.FromTicks(Math.Max(0, next - now)).TotalMilliseconds);
        var due = milliseconds < LongestTimer.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : LongestTimer;
        _armedFor = Math.Min(next, now + LongestTimer.Ticks);
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }
}
