namespace PrEnv.Core.Queueing;

/// <summary>Another limiter, but with no delay above a maximum.</summary>
public sealed class WithMaxWaitRateLimiter<TKey>(IRateLimiter<TKey> inner, TimeSpan maxDelay) : IRateLimiter<TKey>
    where TKey : notnull
{
    /// <inheritdoc/>
    public TimeSpan When(TKey key)
    {
        var delay = inner.When(key);
        return delay < maxDelay ? delay : maxDelay;
    }

    /// <inheritdoc/>
    public void Forget(TKey key) => inner.Forget(key);

    /// <inheritdoc/>
    public int NumRequeues(TKey key) => inner.NumRequeues(key);
}
