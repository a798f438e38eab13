namespace PrEnv.Core.Queueing;

/// <summary>
/// The strictest of several limiters. All are called each time, so a bucket is charged even if another limiter determines the delay.
/// </summary>
public sealed class MaxOfRateLimiter<TKey>(params IReadOnlyList<IRateLimiter<TKey>> limiters) : IRateLimiter<TKey>
    where TKey : notnull
{
    /// <inheritdoc/>
    public TimeSpan When(TKey key)
    {
        var longest = TimeSpan.Zero;
        foreach (var limiter in limiters)
        {
            var delay = limiter.When(key);
            longest = delay > longest ? delay : longest;
        }

        return longest;
    }

    /// <inheritdoc/>
    public void Forget(TKey key)
    {
        foreach (var limiter in limiters)
            limiter.Forget(key);
    }

    /// <inheritdoc/>
    public int NumRequeues(TKey key)
    {
        var most = 0;
        foreach (var limiter in limiters)
            most = Math.Max(most, limiter.NumRequeues(key));
        return most;
    }
}
