namespace PrEnv.Core.Queueing;

/// <summary>The delay doubles with each failure of a key, up to a cap.</summary>
public sealed class ItemExponentialFailureRateLimiter<TKey> : IRateLimiter<TKey>
    where TKey : notnull
{
    private readonly FailureCounts<TKey> _failures = new();
    private readonly TimeSpan _baseDelay;
    private readonly TimeSpan _maxDelay;

    /// <summary>Makes a limiter.</summary>
    /// <param name="baseDelay">After the first failure; not negative.</param>
    /// <param name="maxDelay">The cap.</param>
    public ItemExponentialFailureRateLimiter(TimeSpan baseDelay, TimeSpan maxDelay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(baseDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDelay, TimeSpan.Zero);
        _baseDelay = baseDelay;
        _maxDelay = maxDelay;
    }

    /// <inheritdoc/>
    public TimeSpan When(TKey key)
    {
        // As a double: 2^1000 is still a number there, where a shift of ticks would wrap.
        var ticks = Math.ScaleB(_baseDelay.Ticks, _failures.Increment(key));
        return ticks < _maxDelay.Ticks ? TimeSpan.FromTicks((long)ticks) : _maxDelay;
    }

    /// <inheritdoc/>
    public void Forget(TKey key) => _failures.Clear(key);

    /// <inheritdoc/>
    public int NumRequeues(TKey key) => _failures.Get(key);
}
