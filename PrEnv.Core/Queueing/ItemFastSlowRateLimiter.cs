namespace PrEnv.Core.Queueing;

/// <summary>A number of quick retries for each key, and slow ones afterwards.</summary>
public sealed class ItemFastSlowRateLimiter<TKey> : IRateLimiter<TKey>
    where TKey : notnull
{
    private readonly FailureCounts<TKey> _failures = new();
    private readonly TimeSpan _fast;
    private readonly TimeSpan _slow;
    private readonly int _fastAttempts;

    /// <summary>Creates a limiter.</summary>
    /// <param name="fast">The delay of the first attempts; not negative.</param>
    /// <param name="slow">The delay of the others; not negative.</param>
    /// <param name="fastAttempts">How many are fast.</param>
    public ItemFastSlowRateLimiter(TimeSpan fast, TimeSpan slow, int fastAttempts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fast, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(slow, TimeSpan.Zero);
        _fast = fast;
        _slow = slow;
        _fastAttempts = fastAttempts;
    }

    /// <inheritdoc/>
    public TimeSpan When(TKey key) => _failures.Increment(key) < _fastAttempts ? _fast : _slow;

    /// <inheritdoc/>
    public void Forget(TKey key) => _failures.Clear(key);

    /// <inheritdoc/>
    public int NumRequeues(TKey key) => _failures.Get(key);
}
