namespace PrEnv.Controller.GitHub.Channels;

/// <summary>
/// A token bucket, kept as the one instant at which it will be full again. Measures elapsed time, so that a clock that is set does no harm.
/// Safe for concurrent use.
/// </summary>
internal sealed class WriteBudget
{
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _perWrite;
    private readonly TimeSpan _tolerance;
    private readonly long _start;
    private readonly Lock _lock = new();
    private TimeSpan _fullAt;

    /// <param name="burst">How many writes may come at once; at least 1.</param>
    /// <param name="perMinute">The lasting rate; at least 1.</param>
    /// <param name="timeProvider">The clock.</param>
    public WriteBudget(int burst, int perMinute, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _perWrite = TimeSpan.FromMinutes(1) / perMinute;
        _tolerance = _perWrite * (burst - 1);
        _start = timeProvider.GetTimestamp();
    }

    /// <summary>Takes one write; or says how long it takes until there is one.</summary>
    public bool TryTake(out TimeSpan wait)
    {
        lock (_lock)
        {
            var now = _timeProvider.GetElapsedTime(_start);
            wait = _fullAt - _tolerance - now;
            if (wait > TimeSpan.Zero) return false;

            _fullAt = (_fullAt > now ? _fullAt : now) + _perWrite;
            wait = TimeSpan.Zero;
            return true;
        }
    }
}
