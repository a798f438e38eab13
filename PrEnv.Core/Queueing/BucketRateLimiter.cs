namespace PrEnv.Core.Queueing;

/// <summary>
/// One token bucket for all keys. Each call takes a token, if need be one that is not there yet, and returns how long that takes: callers
/// are served in the order of their calls.
/// </summary>
/// <remarks>
/// Own, because the framework's token bucket takes no <see cref="TimeProvider"/>. Kept as the time at which the bucket will be full again,
/// which is exact in ticks where a count of tokens would round.
/// </remarks>
public sealed class BucketRateLimiter<TKey> : IRateLimiter<TKey>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly long _ticksPerToken;
    private readonly long _capacity;
    private long _last;
    private long _fullAt;

    /// <summary>Makes a full bucket.</summary>
    /// <param name="perSecond">Tokens added each second; positive.</param>
    /// <param name="burst">Tokens in a full bucket; positive.</param>
    /// <param name="time">The clock.</param>
    public BucketRateLimiter(double perSecond, int burst, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perSecond);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(burst);
        _time = time;
        _origin = time.GetTimestamp();
        _ticksPerToken = (long)Math.Round(TimeSpan.TicksPerSecond / perSecond);
        _capacity = _ticksPerToken * burst;
    }

    /// <inheritdoc/>
    public TimeSpan When(TKey key)
    {
        lock (_gate)
        {
            var now = _time.GetElapsedTime(_origin).Ticks;

            // A clock that goes back must not make everybody wait for the time to come round again.
            if (now < _last)
                _fullAt -= _last - now;
            _last = now;
            _fullAt = Math.Max(_fullAt, now) + _ticksPerToken;
            return TimeSpan.FromTicks(Math.Max(0, _fullAt - _capacity - now));
        }
    }

    /// <summary>Does nothing: tokens are not given back.</summary>
    public void Forget(TKey key)
    {
    }

    /// <summary>Always 0.</summary>
    public int NumRequeues(TKey key) => 0;
}
