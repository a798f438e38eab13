using DotNet.Testcontainers.Configurations;
using k8s;
using Testcontainers.K3s;

namespace PrEnv.Sandbox.ControlPlane;

/// <summary>K3s in a container: API server, scheduler and controllers in one process.</summary>
internal sealed class K3sControlPlane : IControlPlane
{
    private const string DefaultImage = "rancher/k3s:v1.33.5-k3s1";

    // With the download of its image. Testcontainers itself would wait for an hour.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(5);

    private readonly K3sContainer _container;

    private K3sControlPlane(K3sContainer container, string kubeconfigPath)
    {
        _container = container;
        KubeconfigPath = kubeconfigPath;
        Client = new Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfigPath));
    }

    /// <summary>Whether a Docker engine answers. Testcontainers pings every place it knows of; an installed client alone is none.</summary>
    public static bool IsAvailable => TestcontainersSettings.OS.DockerEndpointAuthConfig is not null;

    /// <inheritdoc/>
    public string Kind => "k3s in Docker";

    /// <inheritdoc/>
    public string KubeconfigPath { get; }

    /// <inheritdoc/>
    public Kubernetes Client { get; }

    /// <inheritdoc/>
    public bool HasControllers => true;

    /// <summary>Starts it, after the download of its image if need be. <c>PRENV_K3S_IMAGE</c> names another image.</summary>
    /// <exception cref="TimeoutException">It was not ready in time.</exception>
    public static async Task<K3sControlPlane> StartAsync(CancellationToken cancellationToken = default)
    {
        var image = Environment.GetEnvironmentVariable("PRENV_K3S_IMAGE");
        var container = new K3sBuilder(string.IsNullOrEmpty(image) ? DefaultImage : image).Build();
        try
        {
            await container.StartAsync(cancellationToken).WaitAsync(StartTimeout, TimeProvider.System, cancellationToken);
            var path = Path.GetTempFileName();
            await File.WriteAllTextAsync(path, await container.GetKubeconfigAsync(), cancellationToken);
            return new K3sControlPlane(container, path);
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task InstallDefinitionsAsync(string folder, CancellationToken cancellationToken = default) =>
        Manifests.ApplyFolderAsync(Client, folder, cancellationToken);

    // In the container, so that the machine needs none.

    /// <inheritdoc/>
    public async Task<string> KubectlAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var result = await _container.ExecAsync(["kubectl", .. arguments], cancellationToken);
        return result.ExitCode == 0 ? result.Stdout : result.Stdout + result.Stderr;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        File.Delete(KubeconfigPath);
        await _container.DisposeAsync();
    }
}
