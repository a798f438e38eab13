using Microsoft.Extensions.Diagnostics.HealthChecks;
using PrEnv.Core.Informers;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Cluster;

/// <summary>
/// Ready once work can begin: all resources are known, and so are all HelmReleases, unless the cluster does not have that kind.
/// </summary>
internal sealed class CachesReady(SharedInformer<PREphemeralEnvController> resources, IClusterView cluster) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
        resources.HasSynced && cluster.Flux != FluxState.Syncing ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
}
