using Microsoft.Extensions.Logging;
using PrEnv.Core.Queueing;
using PrEnv.Core.Timing;

namespace PrEnv.Core.Reconciling;

/// <summary>
/// A queue with its own loop, for work that must not delay the main one. It does not wait for caches: it begins when it is run.
/// Thread-safe.
/// </summary>
/// <typeparam name="TKey">Identifies what is worked on; compared for equality.</typeparam>
public sealed class SideLoop<TKey> : IDisposable
    where TKey : notnull
{
    private readonly RateLimitingQueue<TKey> _queue;
    private readonly ControllerLoop<TKey> _loop;

    /// <summary>Creates the queue and the loop; nothing runs yet.</summary>
    /// <param name="reconciler">Does the work.</param>
    /// <param name="options">Of the loop.</param>
    /// <param name="backoff">Between attempts of a failing key.</param>
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

    /// <summary>Queues the key immediately.</summary>
    public void Add(TKey key) => _queue.Add(key);

    /// <summary>Queues the key after a delay; immediately if the delay is not positive.</summary>
    public void AddAfter(TKey key, TimeSpan delay) => _queue.AddAfter(key, delay);

    /// <inheritdoc cref="ControllerLoop{TKey}.RunAsync"/>
    public Task RunAsync(CancellationToken stop, CancellationToken lost = default) => _loop.RunAsync(stop, lost);

    /// <summary>Shuts down the queue.</summary>
    public void Dispose() => _queue.Dispose();
}
