namespace PrEnv.Core.Queueing;

/// <summary>
/// Where a queue reports what it does. Named after client-go's <c>workqueue_*</c> metrics. Calls may be made under the queue's lock and
/// from any thread: must be quick, not throw, and not call the queue.
/// </summary>
public interface IQueueMetrics
{
    /// <summary><c>workqueue_depth</c> by priority: keys that need work, including those added while held.</summary>
    void SetDepth(int depth, int priority);

    /// <summary><c>workqueue_adds_total</c>: an add that was not a duplicate.</summary>
    void Added();

    /// <summary><c>workqueue_queue_duration_seconds</c>: from the add to the hand-out.</summary>
    void QueueLatency(TimeSpan latency);

    /// <summary><c>workqueue_work_duration_seconds</c>: from the hand-out until the key is done.</summary>
    void WorkDuration(TimeSpan duration);

    /// <summary><c>workqueue_unfinished_work_seconds</c>: the sum over all held keys, every half second until shutdown.</summary>
    void SetUnfinishedWork(TimeSpan total);

    /// <summary><c>workqueue_longest_running_processor_seconds</c>: the longest of them.</summary>
    void SetLongestRunning(TimeSpan longest);

    /// <summary><c>workqueue_retries_total</c>: an add with a delay.</summary>
    void Retried();
}
