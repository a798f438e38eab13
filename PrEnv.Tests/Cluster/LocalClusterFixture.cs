using k8s;
using k8s.Models;
using PrEnv.Sandbox.ControlPlane;

namespace PrEnv.Tests.Cluster;

/// <summary>The control plane of <c>hack/</c>, for machines without Docker.</summary>
internal sealed class LocalClusterFixture(LocalControlPlane controlPlane, VersionInfo version) : ClusterFixture(controlPlane, version)
{
    public override bool HasCrdServer => controlPlane.HasCrdServer;

    public override bool CanRestartApiServer => true;

    public static async Task<LocalClusterFixture> StartAsync(
        Action<string> progress, IReadOnlyList<string>? apiServerArguments = null, CancellationToken cancellationToken = default)
    {
        var options = new LocalControlPlaneOptions { Progress = progress, ApiServerArguments = apiServerArguments ?? [] };
        var controlPlane = await LocalControlPlane.StartAsync(options, cancellationToken);
        try
        {
            return new LocalClusterFixture(controlPlane, await controlPlane.Client.Version.GetCodeAsync(cancellationToken));
        }
        catch
        {
            await controlPlane.DisposeAsync();
            throw;
        }
    }

    public override Task StopApiServerAsync(CancellationToken cancellationToken = default) =>
        controlPlane.StopApiServerAsync(cancellationToken);

    public override Task StartApiServerAsync(CancellationToken cancellationToken = default) =>
        controlPlane.StartApiServerAsync(cancellationToken);
}
