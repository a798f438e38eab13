using PrEnv.Controller.Monitoring;
using PrEnv.Core.Queueing;
using PrEnv.Core.Reconciling;
using Prometheus;

namespace PrEnv.Controller.Probing;

/// <summary>The metrics of probing.</summary>
internal sealed class ProbeMetrics
{
    /// <summary>Names the queue and the loop.</summary>
    public const string Name = "probe";

    private readonly Dictionary<ProbeOutcome, Counter.Child> _answers;

    public ProbeMetrics(MetricsRegistry registry, QueueMetricsFactory queues, ReconcileMetricsFactory loops)
    {
        Queue = queues.For(Name);
        Loop = loops.For(Name);
        var answers = registry.Factory.CreateCounter("prenv_probes_total", "Probes of environments, by result.", "result");

        // All series exist from the start: a rate over a series that appears with its first event misses that event.
        _answers = Enum.GetValues<ProbeOutcome>().ToDictionary(outcome => outcome, outcome => answers.WithLabels(LabelOf(outcome)));
    }

    public IQueueMetrics Queue { get; }

    public IReconcileMetrics Loop { get; }

    public void Count(ProbeOutcome outcome) => _answers[outcome].Inc();

    private static string LabelOf(ProbeOutcome outcome) => outcome switch
    {
        ProbeOutcome.Success => "success",
        ProbeOutcome.UnexpectedStatus => "unexpected_status",
        ProbeOutcome.Redirected => "redirected",
        ProbeOutcome.TimedOut => "timed_out",
        ProbeOutcome.Denied => "denied",
        ProbeOutcome.Obstructed => "obstructed",
        _ => "unreachable",
    };
}
