using Microsoft.Extensions.Logging;
using PrEnv.Core.Queueing;
using PrEnv.Core.Timing;

namespace PrEnv.Core.Reconciling;

/// <summary>
/// A queue with a loop of its own, for work that must not hold up the main one. Waits for no caches: it begins when it is run. Thread-safe.
/// </summary>
/// <typeparam name="TKey">Identifies what is worked on; compared for equality.</typeparam>
public sealed class SideLoop<TKey> : IDisposable
    where TKey : notnull
{
    private readonly RateLimitingQueue<TKey> _queue;
    private readonly ControllerLoop<TKey> _loop;

    /// <summary>Makes the queue and the loop; nothing runs yet.</summary>
    /// <param name="reconciler">Does the work.</param>
    /// <param name="options">Of the loop.</param>
    /// <param name="backoff">Between the tries of a key that fails.</param>
    /// <param name="metrics">Of the queue and of the loop.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public SideLoop(
        IReconciler<TKey> reconciler,
        ControllerLoopOptions options,
        Backoff backoff,
        (IQueueMetrics Queue, IReconcileMetrics Loop) metrics,
        TimeProvider time,
        ILogger logger)
    {
        _queue = new RateLimitingQueue<TKey>(new ItemExponentialFailureRateLimiter<TKey>(backoff), time, metrics.Queue);
        _loop = new ControllerLoop<TKey>(_queue, reconciler, static _ => Task.CompletedTask, options, time, logger, metrics.Loop);
    }

    /// <summary>Queues the key for now.</summary>
    public void Add(TKey key) => _queue.Add(key);

    /// <summary>Queues the key for later; at once when the delay is not positive.</summary>
    public void AddAfter(TKey key, TimeSpan delay) => _queue.AddAfter(key, delay);

    /// <inheritdoc cref="ControllerLoop{TKey}.RunAsync"/>
    public Task RunAsync(CancellationToken stop, CancellationToken lost = default) => _loop.RunAsync(stop, lost);

    /// <summary>Ends the queue.</summary>
    public void Dispose() => _queue.Dispose();
}
