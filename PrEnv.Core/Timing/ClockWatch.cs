namespace PrEnv.Core.Timing;

/// <summary>
/// Notices when the wall clock jumps, by comparing it with the monotonic clock at each look. What must not happen too early by mistake
/// waits until the clock has been steady for a while. Thread-safe.
/// </summary>
public sealed class ClockWatch
{
    // What time synchronisation corrects at once, and what a busy machine lets pass between reading the two clocks.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private (DateTimeOffset Wall, long Monotonic) _last;
    private DateTimeOffset _steadySince;

    /// <summary>The clock has not jumped yet.</summary>
    public ClockWatch(TimeProvider time)
    {
        _time = time;
        _last = (time.GetUtcNow(), time.GetTimestamp());
        _steadySince = _last.Wall;
    }

    /// <summary>
    /// Compares the clocks. Since when, by the wall clock, it has not jumped; at the earliest, since the watch was created.
    /// </summary>
    public DateTimeOffset SteadySince()
    {
        lock (_lock)
        {
            var (wall, monotonic) = (_time.GetUtcNow(), _time.GetTimestamp());
            var jump = wall - _last.Wall - _time.GetElapsedTime(_last.Monotonic, monotonic);
            if (jump.Duration() > Tolerance)
                _steadySince = wall;
            _last = (wall, monotonic);
            return _steadySince;
        }
    }
}
