namespace PrEnv.Core.Queueing;

/// <summary>A <see cref="DelayingQueue{TKey}"/> whose delays come from a limiter. All members are thread-safe.</summary>
public sealed class RateLimitingQueue<TKey> : DelayingQueue<TKey>
    where TKey : notnull
{
    private readonly IRateLimiter<TKey> _limiter;

    /// <summary>Creates an empty queue.</summary>
    /// <param name="limiter">Determines how long a failed key waits.</param>
    /// <param name="time">The clock; default the system's.</param>
    /// <param name="metrics">Default none.</param>
    public RateLimitingQueue(IRateLimiter<TKey> limiter, TimeProvider? time = null, IQueueMetrics? metrics = null)
        : base(time, metrics) => _limiter = limiter;

    /// <summary><see cref="AddRateLimited(TKey, int)"/> with <see cref="KeyPriority.Normal"/>.</summary>
    public void AddRateLimited(TKey key) => AddRateLimited(key, KeyPriority.Normal);

    /// <summary>Counts another failure of the key and adds it after the delay that the limiter returns.</summary>
    /// <param name="key">The key.</param>
    /// <param name="priority">The higher goes first; a retry keeps <see cref="WorkItem{TKey}.Priority"/>.</param>
    public void AddRateLimited(TKey key, int priority) => AddAfter(key, _limiter.When(key), priority);

    /// <summary>Clears the key's failures. A delay that the key is already waiting for remains.</summary>
    public void Forget(TKey key) => _limiter.Forget(key);

    /// <summary>The key's failures since <see cref="Forget"/>.</summary>
    public int NumRequeues(TKey key) => _limiter.NumRequeues(key);
}
