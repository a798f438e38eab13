using PrEnv.Core.Queueing;

namespace PrEnv.Tests.Queueing;

internal sealed class RecordingQueueMetrics : IQueueMetrics
{
    public Dictionary<int, int> Depths { get; } = [];

    public int Depth => Depths.Values.Sum();

    public int Adds { get; private set; }

    public int Retries { get; private set; }

    public List<TimeSpan> Latencies { get; } = [];

    public List<TimeSpan> Durations { get; } = [];

    public TimeSpan Unfinished { get; private set; }

    public TimeSpan LongestRunning { get; private set; }

    public void SetDepth(int depth, int priority) => Depths[priority] = depth;

    public void Added() => Adds++;

    public void QueueLatency(TimeSpan latency) => Latencies.Add(latency);

    public void WorkDuration(TimeSpan duration) => Durations.Add(duration);

    public void SetUnfinishedWork(TimeSpan total) => Unfinished = total;

    public void SetLongestRunning(TimeSpan longest) => LongestRunning = longest;

    public void Retried() => Retries++;
}
