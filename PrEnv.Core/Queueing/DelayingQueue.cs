namespace PrEnv.Core.Queueing;

/// <summary>A <see cref="WorkQueue{TKey}"/> that can add a key after a delay. All members are thread-safe.</summary>
public class DelayingQueue<TKey> : WorkQueue<TKey>
    where TKey : notnull
{
    // Timers are limited to about 49 days; a longer wait is split.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(30);

    private readonly ITimer _timer;
    private readonly long _origin;

    // When ready keys will be moved at the latest; null while nothing is scheduled.
    private long? _armedFor;

    /// <summary>Creates an empty queue.</summary>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="metrics">Default none.</param>
    public DelayingQueue(TimeProvider? time = null, IQueueMetrics? metrics = null)
        : base(time, metrics)
    {
        _origin = Time.GetTimestamp();
        _timer = Time.CreateTimer(_ => MoveReady(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The number of delayed keys. They are not part of <see cref="WorkQueue{TKey}.Count"/>.</summary>
    public int DelayedCount
    {
        get
        {
            lock (Gate)
                return Keys.DelayedCount;
        }
    }

    /// <summary><see cref="AddAfter(TKey, TimeSpan, int)"/> with <see cref="KeyPriority.Normal"/>.</summary>
    public void AddAfter(TKey key, TimeSpan delay) => AddAfter(key, delay, KeyPriority.Normal);

    /// <summary>
    /// Adds the key after a delay, or immediately if the delay is not positive. A key waits for only one time, the earliest requested, and
    /// with the highest priority; an <see cref="WorkQueue{TKey}.Add(TKey, int)"/> before its time replaces the delay. Ignored
    /// after shutdown; delayed keys are dropped at shutdown.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="delay">From now on.</param>
    /// <param name="priority">The higher goes first; see <see cref="KeyPriority"/>.</param>
    public void AddAfter(TKey key, TimeSpan delay, int priority)
    {
        var hash = KeyTable<TKey>.HashOf(key);
        var now = Time.GetTimestamp();
        var time = TimeOf(now);
        var readyAt = delay.Ticks > long.MaxValue - time ? long.MaxValue : time + delay.Ticks;
        lock (Gate)
        {
            if (IsStopped)
                return;
            Metrics.Retried();
            if (delay > TimeSpan.Zero)
            {
                Keys.AddAt(key, hash, priority, readyAt);
                Arm();
            }
            else
            {
                Keys.Add(key, hash, priority, now);
                HandOut(now);
            }
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
        Keys.DropDelayed();
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private long TimeOf(long timestamp) => Time.GetElapsedTime(_origin, timestamp).Ticks;

    private void MoveReady()
    {
        var more = true;
        while (more)
        {
            lock (Gate)
            {
                var now = Time.GetTimestamp();
                more = Keys.MoveReady(TimeOf(now), now);
                HandOut(now);

                // A key that is added before the next round needs no timer.
                _armedFor = more ? long.MinValue : null;
                if (!IsStopped)
                    Arm();
            }
        }
    }

    private void Arm()
    {
        if (Keys.NextReady is not { } next || _armedFor <= next)
            return;

        // Timers count whole milliseconds and truncate the rest: rounding up prevents them from repeatedly firing a moment too early.
        var now = TimeOf(Time.GetTimestamp());
        var milliseconds = Math.Ceiling(TimeSpan.FromTicks(Math.Max(0, next - now)).TotalMilliseconds);
        var due = milliseconds < LongestTimer.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : LongestTimer;
        _armedFor = Math.Min(next, now + LongestTimer.Ticks);
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }
}
