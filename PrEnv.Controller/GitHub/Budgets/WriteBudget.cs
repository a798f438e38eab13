namespace PrEnv.Controller.GitHub.Budgets;

/// <summary>
/// How fast one credential may write: a token bucket, kept as the one instant at which it will be full again, and an hourly
/// guideline. Measures elapsed time, so that setting the clock does no harm. Safe for concurrent use.
/// See https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits.
/// </summary>
internal sealed class WriteBudget
{
    private const int MostSlowdown = 8;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>How long GitHub must accept the rate before it is doubled again.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _timeProvider;
    private readonly int _burst;
    private readonly TimeSpan _perWrite;
    private readonly int? _perHour;
    private readonly long _start;
    private readonly Lock _lock = new();

    // The writes of the past hour, oldest first; empty without a guideline.
    private readonly Queue<TimeSpan> _past = new();
    private TimeSpan _nextByHour;
    private TimeSpan _fullAt;
    private TimeSpan _slowedAt;
    private int _slowdown = 1;

    /// <param name="burst">How many writes may come at once; at least 1.</param>
    /// <param name="perMinute">The sustained rate; at least 1.</param>
    /// <param name="perHour">
    /// The maximum number of writes per hour; null for no limit. The first half is sent at the sustained rate; the rest is spread over
    /// the remainder of the hour, so that the last one does not have to wait for all of it.
    /// </param>
    /// <param name="timeProvider">The clock.</param>
    public WriteBudget(int burst, int perMinute, int? perHour, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _burst = burst;
        _perWrite = TimeSpan.FromMinutes(1) / perMinute;
        _perHour = perHour;
        _start = timeProvider.GetTimestamp();
    }

    /// <summary>Takes one write; or returns how long to wait for the next one.</summary>
    public bool TryTake(out TimeSpan wait)
    {
        lock (_lock)
        {
            var now = _timeProvider.GetElapsedTime(_start);
            Recover(now);
            var perWrite = _perWrite * _slowdown;
            var byRate = _fullAt - (perWrite * (_burst - 1)) - now;
            var byHour = _nextByHour - now;
            wait = byRate > byHour ? byRate : byHour;
            if (wait > TimeSpan.Zero)
                return false;

            _fullAt = (_fullAt > now ? _fullAt : now) + perWrite;
            if (_perHour is { } perHour)
                _nextByHour = CountByHour(now, perHour);
            wait = TimeSpan.Zero;
            return true;
        }
    }

    /// <summary>GitHub found that too fast: the burst is used up, and the rate is halved, down to an eighth.</summary>
    public void SlowDown()
    {
        lock (_lock)
        {
            var now = _timeProvider.GetElapsedTime(_start);
            Recover(now);
            _slowdown = Math.Min(_slowdown * 2, MostSlowdown);
            _slowedAt = now;
            _fullAt = now + (_perWrite * _slowdown * _burst);
        }
    }

    private void Recover(TimeSpan now)
    {
        while (_slowdown > 1 && now - _slowedAt >= Recovery)
        {
            _slowdown /= 2;
            _slowedAt += Recovery;
        }
    }

    /// <summary>When the next write may be sent after this one.</summary>
    private TimeSpan CountByHour(TimeSpan now, int perHour)
    {
        while (_past.TryPeek(out var oldest) && now - oldest >= Hour)
            _past.Dequeue();
        _past.Enqueue(now);
        if (_past.Count <= perHour / 2)
            return now;

        var left = perHour - _past.Count;
        return now + ((_past.Peek() + Hour - now) / (left + 1));
    }
}
