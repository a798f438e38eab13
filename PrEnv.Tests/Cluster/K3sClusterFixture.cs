using DotNet.Testcontainers.Configurations;
using k8s;
using k8s.Models;
using Testcontainers.K3s;

namespace PrEnv.Tests.Cluster;

/// <summary>K3s in a container.</summary>
internal sealed class K3sClusterFixture : ClusterFixture
{
    private const string DefaultImage = "rancher/k3s:v1.33.5-k3s1";

    // With the download of its image. Testcontainers itself would wait for an hour.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(5);

    private readonly K3sContainer _container;
    private readonly string _kubeconfigPath;

    private K3sClusterFixture(K3sContainer container, string kubeconfigPath, k8s.Kubernetes client, VersionInfo version)
        : base("k3s in Docker", kubeconfigPath, client, version)
    {
        _container = container;
        _kubeconfigPath = kubeconfigPath;
    }

    /// <summary>Whether a Docker engine answers. Testcontainers pings every place it knows of; an installed client alone is none.</summary>
    public static bool IsAvailable => TestcontainersSettings.OS.DockerEndpointAuthConfig is not null;

    public override bool HasControllers => true;

    // It is one process with everything in it, and a restarted container comes back on another port.
    public override bool CanRestartApiServer => false;

    public static async Task<K3sClusterFixture> StartAsync(CancellationToken cancellationToken = default)
    {
        var image = Environment.GetEnvironmentVariable("PRENV_K3S_IMAGE");
        var container = new K3sBuilder(string.IsNullOrEmpty(image) ? DefaultImage : image).Build();
        try
        {
            await container.StartAsync(cancellationToken).WaitAsync(StartTimeout, TimeProvider.System, cancellationToken);
            var path = Path.GetTempFileName();
            await File.WriteAllTextAsync(path, await container.GetKubeconfigAsync(), cancellationToken);
            var client = new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(path));
            return new K3sClusterFixture(container, path, client, await client.Version.GetCodeAsync(cancellationToken));
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    public override Task StopApiServerAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"Ask {nameof(CanRestartApiServer)} first.");

    public override Task StartApiServerAsync(CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"Ask {nameof(CanRestartApiServer)} first.");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Client.Dispose();
        File.Delete(_kubeconfigPath);
        await _container.DisposeAsync();
    }
}
