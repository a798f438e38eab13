namespace PrEnv.Core.Queueing;

/// <summary>Reports nothing; a queue with it does not even measure.</summary>
internal sealed class NullQueueMetrics : IQueueMetrics
{
    /// <summary>The only instance.</summary>
    public static readonly NullQueueMetrics Instance = new();

    private NullQueueMetrics()
    {
    }

    /// <inheritdoc/>
    public void SetDepth(int depth, int priority)
    {
    }

    /// <inheritdoc/>
    public void Added()
    {
    }

    /// <inheritdoc/>
    public void QueueLatency(TimeSpan latency)
    {
    }

    /// <inheritdoc/>
    public void WorkDuration(TimeSpan duration)
    {
    }

    /// <inheritdoc/>
    public void SetUnfinishedWork(TimeSpan total)
    {
    }

    /// <inheritdoc/>
    public void SetLongestRunning(TimeSpan longest)
    {
    }

    /// <inheritdoc/>
    public void Retried()
    {
    }
}
