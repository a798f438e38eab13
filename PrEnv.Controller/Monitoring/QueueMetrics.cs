using System.Collections.Concurrent;
using System.Globalization;
using PrEnv.Core.Queueing;
using Prometheus;

namespace PrEnv.Controller.Monitoring;

/// <summary>
/// The work queues' metrics, under client-go's names and with its buckets, so that dashboards for Kubernetes controllers work. The depth is
/// split by priority, as controller-runtime's queue does.
/// See https://github.com/kubernetes/component-base/blob/master/metrics/prometheus/workqueue/metrics.go.
/// </summary>
internal sealed class QueueMetricsFactory
{
    private static readonly string[] Labels = ["name"];

    // 10 ns to 1000 s.
    private static readonly double[] Buckets = Histogram.ExponentialBuckets(10e-9, 10, 12);

    private readonly Gauge _depth;
    private readonly Counter _adds;
    private readonly Histogram _latency;
    private readonly Histogram _work;
    private readonly Gauge _unfinished;
    private readonly Gauge _longest;
    private readonly Counter _retries;

    public QueueMetricsFactory(MetricsRegistry registry)
    {
        var factory = registry.Factory;
        _depth = factory.CreateGauge("workqueue_depth", "Current depth of workqueue by workqueue and priority", [.. Labels, "priority"]);
        _adds = factory.CreateCounter("workqueue_adds_total", "Total number of adds handled by workqueue", Labels);
        _latency = factory.CreateHistogram(
            "workqueue_queue_duration_seconds", "How long in seconds an item stays in workqueue before being requested.", Labels,
            new HistogramConfiguration { Buckets = Buckets });
        _work = factory.CreateHistogram(
            "workqueue_work_duration_seconds", "How long in seconds processing an item from workqueue takes.", Labels,
            new HistogramConfiguration { Buckets = Buckets });
        _unfinished = factory.CreateGauge(
            "workqueue_unfinished_work_seconds", "How many seconds of work is in progress and has not been observed by work_duration.",
            Labels);
        _longest = factory.CreateGauge(
            "workqueue_longest_running_processor_seconds", "How many seconds has the longest running processor for workqueue been running.",
            Labels);
        _retries = factory.CreateCounter("workqueue_retries_total", "Total number of retries handled by workqueue", Labels);
    }

    /// <summary>The metrics of one queue.</summary>
    /// <param name="name">Its name; the label.</param>
    public IQueueMetrics For(string name) => new Children(this, name);

    private Gauge.Child DepthOf(string name, int priority) => _depth.WithLabels(name, priority.ToString(CultureInfo.InvariantCulture));

    private sealed class Children(QueueMetricsFactory all, string name) : IQueueMetrics
    {
        private readonly ConcurrentDictionary<int, Gauge.Child> _depths = new(
            new[] { KeyPriority.Low, KeyPriority.Normal }.Select(p => KeyValuePair.Create(p, all.DepthOf(name, p))));

        private readonly Counter.Child _adds = all._adds.WithLabels(name);
        private readonly Histogram.Child _latency = all._latency.WithLabels(name);
        private readonly Histogram.Child _work = all._work.WithLabels(name);
        private readonly Gauge.Child _unfinished = all._unfinished.WithLabels(name);
        private readonly Gauge.Child _longest = all._longest.WithLabels(name);
        private readonly Counter.Child _retries = all._retries.WithLabels(name);

        public void SetDepth(int depth, int priority) =>
            _depths.GetOrAdd(priority, static (p, queue) => queue.All.DepthOf(queue.Name, p), (All: all, Name: name)).Set(depth);

        public void Added() => _adds.Inc();

        public void QueueLatency(TimeSpan latency) => _latency.Observe(latency.TotalSeconds);

        public void WorkDuration(TimeSpan duration) => _work.Observe(duration.TotalSeconds);

        public void SetUnfinishedWork(TimeSpan total) => _unfinished.Set(total.TotalSeconds);

        public void SetLongestRunning(TimeSpan longest) => _longest.Set(longest.TotalSeconds);

        public void Retried() => _retries.Inc();
    }
}
