using Microsoft.Extensions.Diagnostics.HealthChecks;
using PrEnv.Core.Informers;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Cluster;

/// <summary>
/// Ready once work can begin: all resources are known, and all HelmReleases are, or are known to be no kind of this cluster.
/// </summary>
internal sealed class CachesReady(SharedInformer<PREphemeralEnvController> resources, IClusterView cluster) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
        resources.HasSynced && cluster.Flux != FluxState.Syncing ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
}
