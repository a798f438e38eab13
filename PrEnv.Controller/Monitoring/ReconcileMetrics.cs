using PrEnv.Core.Reconciling;
using Prometheus;

namespace PrEnv.Controller.Monitoring;

/// <summary>
/// The loops' metrics, under controller-runtime's names and with its buckets.
/// See https://github.com/kubernetes-sigs/controller-runtime/blob/main/pkg/internal/controller/metrics/metrics.go.
/// </summary>
internal sealed class ReconcileMetricsFactory
{
    private static readonly string[] Labels = ["controller"];

    private static readonly double[] Buckets =
    [
        0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0,
        1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40, 50, 60,
    ];

    private readonly Counter _total;
    private readonly Counter _errors;
    private readonly Counter _terminalErrors;
    private readonly Counter _panics;
    private readonly Counter _timeouts;
    private readonly Histogram _time;
    private readonly Gauge _active;
    private readonly Gauge _max;

    public ReconcileMetricsFactory(MetricsRegistry registry)
    {
        var factory = registry.Factory;
        _total = factory.CreateCounter(
            "controller_runtime_reconcile_total", "Total number of reconciliations per controller", [.. Labels, "result"]);
        _errors = factory.CreateCounter(
            "controller_runtime_reconcile_errors_total", "Total number of reconciliation errors per controller", Labels);
        _terminalErrors = factory.CreateCounter(
            "controller_runtime_terminal_reconcile_errors_total", "Total number of terminal reconciliation errors per controller", Labels);
        _panics = factory.CreateCounter(
            "controller_runtime_reconcile_panics_total", "Total number of reconciliation panics per controller", Labels);
        _timeouts = factory.CreateCounter(
            "controller_runtime_reconcile_timeouts_total", "Total number of reconciliation timeouts per controller", Labels);
        _time = factory.CreateHistogram(
            "controller_runtime_reconcile_time_seconds", "Length of time per reconciliation per controller", Labels,
            new HistogramConfiguration { Buckets = Buckets });
        _active = factory.CreateGauge("controller_runtime_active_workers", "Number of currently used workers per controller", Labels);
        _max = factory.CreateGauge(
            "controller_runtime_max_concurrent_reconciles", "Maximum number of concurrent reconciles per controller", Labels);
    }

    /// <summary>The metrics of one loop.</summary>
    /// <param name="controller">Its name; the label.</param>
    public IReconcileMetrics For(string controller) => new Children(this, controller);

    private sealed class Children : IReconcileMetrics
    {
        private readonly Counter.Child _success;
        private readonly Counter.Child _requeueAfter;
        private readonly Counter.Child _error;
        private readonly Counter.Child _errors;
        private readonly Counter.Child _terminalErrors;
        private readonly Counter.Child _panics;
        private readonly Counter.Child _timeouts;
        private readonly Histogram.Child _time;
        private readonly Gauge.Child _active;
        private readonly Gauge.Child _max;

        public Children(ReconcileMetricsFactory all, string controller)
        {
            _success = all._total.WithLabels(controller, "success");
            _requeueAfter = all._total.WithLabels(controller, "requeue_after");
            _error = all._total.WithLabels(controller, "error");

            // Never counted here: the loop has no bare requeue. Dashboards expect the series all the same.
            all._total.WithLabels(controller, "requeue");
            _errors = all._errors.WithLabels(controller);
            _terminalErrors = all._terminalErrors.WithLabels(controller);
            _panics = all._panics.WithLabels(controller);
            _timeouts = all._timeouts.WithLabels(controller);
            _time = all._time.WithLabels(controller);
            _active = all._active.WithLabels(controller);
            _max = all._max.WithLabels(controller);
        }

        public void Reconciled(ReconcileResultKind kind, TimeSpan duration)
        {
            var counter = kind switch
            {
                ReconcileResultKind.Success => _success,
                ReconcileResultKind.RequeueAfter => _requeueAfter,
                _ => _error,
            };
            counter.Inc();
            _time.Observe(duration.TotalSeconds);
        }

        public void Failed() => _errors.Inc();

        public void FailedForGood() => _terminalErrors.Inc();

        public void Panicked() => _panics.Inc();

        public void TimedOut() => _timeouts.Inc();

        public void SetActiveWorkers(int count) => _active.Set(count);

        public void SetMaxConcurrent(int count) => _max.Set(count);
    }
}
