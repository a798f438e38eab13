using k8s.Models;
using PrEnv.Sandbox.ControlPlane;

namespace PrEnv.Tests.Cluster;

/// <summary>K3s, where there is Docker.</summary>
internal sealed class K3sClusterFixture(IControlPlane controlPlane, VersionInfo version) : ClusterFixture(controlPlane, version)
{
    public override bool HasCrdServer => false;

    // It is one process with everything in it, and a restarted container comes back on another port.
    public override bool CanRestartApiServer => false;

    public override Task StopApiServerAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"Ask {nameof(CanRestartApiServer)} first.");

    public override Task StartApiServerAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"Ask {nameof(CanRestartApiServer)} first.");
}
