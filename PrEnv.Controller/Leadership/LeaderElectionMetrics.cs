using PrEnv.Controller.Monitoring;
using PrEnv.Core.LeaderElection;
using Prometheus;

namespace PrEnv.Controller.Leadership;

/// <summary>
/// Under client-go's names. See
/// https://github.com/kubernetes/component-base/blob/master/metrics/prometheus/clientgo/leaderelection/metrics.go.
/// </summary>
internal sealed class LeaderElectionMetrics : ILeadershipObserver
{
    private readonly Gauge.Child _leads;
    private readonly Counter.Child _slowPaths;

    /// <param name="registry">Where they are shown.</param>
    /// <param name="lease">The Lease's name; the label.</param>
    public LeaderElectionMetrics(MetricsRegistry registry, string lease)
    {
        _leads = registry.Factory.CreateGauge(
            "leader_election_master_status",
            "Gauge of if the reporting system is master of the relevant lease, 0 indicates backup, 1 indicates master. "
            + "'name' is the string used to identify the lease. Please make sure to group by name.",
            "name").WithLabels(lease);
        _slowPaths = registry.Factory.CreateCounter(
            "leader_election_slowpath_total",
            "Total number of slow path exercised in renewing leader leases. 'name' is the string used to identify the lease. Please make "
            + "sure to group by name.",
            "name").WithLabels(lease);
    }

    public void NewLeader(string identity)
    {
        // It is in the log; a name that changes with every start is not suitable as a label.
    }

    public void StartedLeading() => _leads.Set(1);

    public void StoppedLeading() => _leads.Set(0);

    public void SlowPathTaken() => _slowPaths.Inc();
}
