using System.Globalization;
using System.Security.Cryptography;
using k8s;
using k8s.Models;
using PrEnv.Sandbox.ControlPlane;

namespace PrEnv.Tests.Cluster;

/// <summary>What is the same for every cluster, once there is a kubeconfig.</summary>
internal abstract class ClusterFixture : IClusterFixture
{
    private readonly DirectoryInfo _kubeconfigs = Directory.CreateTempSubdirectory("prenv-test-");

    protected ClusterFixture(string kind, string kubeconfigPath, k8s.Kubernetes client, VersionInfo version)
    {
        Name = $"{kind}, Kubernetes {version.GitVersion}";
        KubeconfigPath = kubeconfigPath;
        Client = client;
        // Some distributions say "33+".
        EvaluatesCel = int.Parse(version.Minor.TrimEnd('+'), CultureInfo.InvariantCulture) >= 25;
    }

    public string Name { get; }

    public string KubeconfigPath { get; }

    public k8s.Kubernetes Client { get; }

    public bool EvaluatesCel { get; }

    public abstract bool HasControllers { get; }

    public abstract bool CanRestartApiServer { get; }

    public abstract Task StopApiServerAsync(CancellationToken cancellationToken = default);

    public abstract Task StartApiServerAsync(CancellationToken cancellationToken = default);

    public async Task<string> InstallCrdsAsync(CancellationToken cancellationToken = default)
    {
        var (folder, description) = FluxDefinitions.Locate();
        await Manifests.ApplyFolderAsync(Client, folder, cancellationToken);
        await Manifests.ApplyFolderAsync(Client, RepositoryRoot.Combine("crds"), cancellationToken);
        return description;
    }

    public async Task<string> CreateNamespaceAsync(string prefix = "test", CancellationToken cancellationToken = default)
    {
        var name = $"{prefix}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var ns = new V1Namespace { Metadata = new V1ObjectMeta { Name = name } };
        await Client.CoreV1.CreateNamespaceAsync(ns, cancellationToken: cancellationToken);
        return name;
    }

    public Task ApplyAsync(string yaml, CancellationToken cancellationToken = default) => Manifests.ApplyAsync(Client, yaml, cancellationToken);

    public async Task<string> CreateServiceAccountKubeconfigAsync(string ns, string name, CancellationToken cancellationToken = default)
    {
        var path = Path.Combine(_kubeconfigs.FullName, $"{ns}-{name}");
        await ServiceAccountKubeconfig.WriteAsync(Client, KubeconfigPath, ns, name, path, cancellationToken);
        return path;
    }

    public virtual ValueTask DisposeAsync()
    {
        _kubeconfigs.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
