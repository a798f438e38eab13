using PrEnv.Controller.Startup;
using Prometheus;

namespace PrEnv.Controller.Monitoring;

/// <summary>
/// The metrics of one host. The library's static registry is not used, so that two hosts in one process do not share counters.
/// </summary>
internal sealed class MetricsRegistry
{
    public MetricsRegistry()
    {
        Factory = Metrics.WithCustomRegistry(Collectors);
        DotNetStats.Register(Collectors);
        Factory.CreateGauge("prenv_build_info", "Version and commit of this process; always 1.", "version", "commit")
            .WithLabels(ProductVersion.Number, ProductVersion.Commit ?? "unknown")
            .Set(1);
    }

    /// <summary>What <c>/metrics</c> prints.</summary>
    public CollectorRegistry Collectors { get; } = Metrics.NewCustomRegistry();

    /// <summary>Makes metrics in it.</summary>
    public MetricFactory Factory { get; }
}
