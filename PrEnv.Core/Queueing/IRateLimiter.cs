namespace PrEnv.Core.Queueing;

/// <summary>Determines how long a failed key waits. Implementations are thread-safe.</summary>
public interface IRateLimiter<in TKey>
    where TKey : notnull
{
    /// <summary>Counts a failure and returns how long the key should wait; never negative.</summary>
    TimeSpan When(TKey key);

    /// <summary>The key has succeeded, or is abandoned: its failures no longer count.</summary>
    void Forget(TKey key);

    /// <summary>How often the key has failed since <see cref="Forget"/>; 0 for limiters that do not count by key.</summary>
    int NumRequeues(TKey key);
}

/// <summary>Ready-made limiters.</summary>
public static class RateLimiters
{
    /// <summary>
    /// client-go's default: the longer of 5 ms doubled with each failure of the key, at most 1000 s, and one bucket for all keys with 10 a
    /// second and a burst of 100.
    /// </summary>
    public static IRateLimiter<TKey> Default<TKey>(TimeProvider time)
        where TKey : notnull
        => new MaxOfRateLimiter<TKey>(
            new ItemExponentialFailureRateLimiter<TKey>(TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(1000)),
            new BucketRateLimiter<TKey>(10, 100, time));
}
