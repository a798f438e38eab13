using PrEnv.Core.Timing;

namespace PrEnv.Core.Queueing;

/// <summary>The delay doubles with each failure of a key, up to a cap.</summary>
public sealed class ItemExponentialFailureRateLimiter<TKey> : IRateLimiter<TKey>
    where TKey : notnull
{
    private readonly FailureCounts<TKey> _failures = new();
    private readonly Backoff _backoff;

    /// <summary>Creates a limiter.</summary>
    /// <param name="baseDelay">After the first failure; not negative.</param>
    /// <param name="maxDelay">The cap.</param>
    public ItemExponentialFailureRateLimiter(TimeSpan baseDelay, TimeSpan maxDelay)
        : this(new Backoff(baseDelay, maxDelay))
    {
    }

    /// <summary>Creates a limiter.</summary>
    /// <param name="backoff">How long each key waits; without jitter.</param>
    public ItemExponentialFailureRateLimiter(Backoff backoff) => _backoff = backoff;

    /// <inheritdoc/>
    public TimeSpan When(TKey key) => _backoff.After(_failures.Increment(key) + 1);

    /// <inheritdoc/>
    public void Forget(TKey key) => _failures.Clear(key);

    /// <inheritdoc/>
    public int NumRequeues(TKey key) => _failures.Get(key);
}
