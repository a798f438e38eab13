using PrEnv.Controller.Memory;
using PrEnv.Controller.Reading;
using PrEnv.Controller.Reporting;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Client;

/// <summary>Gathers and plans as the controller does, with the rights of whoever runs it, and writes nothing.</summary>
internal sealed class Investigation(
    ClusterReading cluster, Gatherer gatherer, PostedReports posted, CheckedSpecs specs, TimeProvider time)
{
    /// <summary>What is known of a resource, and the plan for it.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="only">
    /// The only pull request that matters: of the others, GitHub is not asked what it shows already. Null: all of them.
    /// </param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Findings> PlanAsync(PREphemeralEnvController resource, int? only, CancellationToken cancellationToken)
    {
        await cluster.LoadAsync(resource, cancellationToken);
        var memory = new ResourceMemory();
        // The controller has watched the clock for long; this process has not, and would let nothing expire or fall asleep.
        var snapshot = await gatherer.GatherAsync(resource, memory, cancellationToken) with
        {
            ClockSteadySince = DateTimeOffset.MinValue,
        };
        var plan = await posted.LeaveOutAsync(EnvironmentReconciler.Reconcile(snapshot), snapshot, memory, only, cancellationToken);
        return new Findings(snapshot, plan, cluster.Gaps)
        {
            Further = await posted.FurtherAsync(plan, snapshot, memory, only, cancellationToken),
        };
    }

    /// <summary>The same without GitHub: the status takes the place of a plan.</summary>
    public async Task<Findings> LookAsync(PREphemeralEnvController resource, CancellationToken cancellationToken)
    {
        await cluster.LoadAsync(resource, cancellationToken);
        var spec = specs.Of(resource);
        var snapshot = new Snapshot
        {
            Resource = resource,
            Spec = spec,
            Flux = cluster.Flux,
            Releases = spec.Spec is { } valid ? cluster.ReleasesFor(resource, valid.DestinationNamespace) : [],
            ResourceUids = cluster.ResourceUids(),
            Now = time.GetUtcNow(),
        };
        return new Findings(snapshot, null, cluster.Gaps);
    }
}
