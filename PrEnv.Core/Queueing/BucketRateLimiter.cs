namespace PrEnv.Core.Queueing;

/// <summary>
/// One token bucket for all keys. Each call takes a token, if necessary a future one, and returns how long to wait for it: callers
/// are served in the order of their calls.
/// </summary>
/// <remarks>
/// Our own, because the framework's token bucket does not take a <see cref="TimeProvider"/>. Kept as the time at which the bucket will be
/// full again, which is exact in ticks where a count of tokens would round.
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

    /// <summary>Creates a full bucket.</summary>
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

            // When the clock goes back, callers must not have to wait until the time comes round again.
            if (now < _last)
                _fullAt -= _last - now;
            _last = now;
            _fullAt = Math.Max(_fullAt, now) + _ticksPerToken;
            return TimeSpan.FromTicks(Math.Max(0, _fullAt - _capacity - now));
        }
    }

    /// <summary>Does nothing: tokens are not returned.</summary>
    public void Forget(TKey key)
    {
    }

    /// <summary>Always 0.</summary>
    public int NumRequeues(TKey key) => 0;
}
