using k8s;
using PrEnv.Sandbox.ControlPlane;

namespace PrEnv.Tests.Cluster;

/// <summary>The one cluster of a test run: started when the first test asks for it, stopped after the last.</summary>
internal static class TestCluster
{
    private static readonly Lock Gate = new();

    // A start that failed is not tried again: every other test would wait for the same answer.
    private static Task<IClusterFixture>? _cluster;

    /// <summary>
    /// The cluster, ready and with all definitions installed. A Docker engine that answers means k3s, none, or one that cannot run k3s,
    /// means the local control plane; the environment variable <see cref="ControlPlanes.Choice"/> overrules that.
    /// </summary>
    public static Task<IClusterFixture> GetAsync(CancellationToken cancellationToken = default)
    {
        lock (Gate)
            _cluster ??= StartAsync();

        return _cluster.WaitAsync(cancellationToken);
    }

    /// <summary>Stops it, if any test had asked for it.</summary>
    public static async Task StopAsync()
    {
        if (_cluster is { IsCompletedSuccessfully: true })
            await (await _cluster).DisposeAsync();
    }

    private static async Task<IClusterFixture> StartAsync()
    {
        var cluster = await ChooseAsync();
        try
        {
            var flux = await cluster.InstallCrdsAsync();
            Tell($"Test cluster: {cluster.Name}, with {flux}.");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    private static async Task<IClusterFixture> ChooseAsync()
    {
        var controlPlane = await ControlPlanes.StartAsync(Tell);
        try
        {
            var version = await controlPlane.Client.Version.GetCodeAsync();
            return controlPlane is LocalControlPlane local
                ? new LocalClusterFixture(local, version)
                : new K3sClusterFixture(controlPlane, version);
        }
        catch
        {
            await controlPlane.DisposeAsync();
            throw;
        }
    }

    private static void Tell(string line) => TestContext.Progress.WriteLine(line);
}
