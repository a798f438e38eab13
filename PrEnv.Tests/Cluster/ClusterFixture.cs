using System.Globalization;
using System.Security.Cryptography;
using k8s;
using k8s.Models;
using PrEnv.Sandbox.ControlPlane;

namespace PrEnv.Tests.Cluster;

/// <summary>What is the same for every cluster.</summary>
internal abstract class ClusterFixture(IControlPlane controlPlane, VersionInfo version) : IClusterFixture
{
    private readonly DirectoryInfo _kubeconfigs = Directory.CreateTempSubdirectory("prenv-test-");

    public string Name { get; } = $"{controlPlane.Kind}, Kubernetes {version.GitVersion}";

    public string KubeconfigPath => controlPlane.KubeconfigPath;

    public k8s.Kubernetes Client => controlPlane.Client;

    // Some distributions say "33+".
    public bool EvaluatesCel => HasCrdServer || int.Parse(version.Minor.TrimEnd('+'), CultureInfo.InvariantCulture) >= 25;

    public bool HasControllers => controlPlane.HasControllers;

    public abstract bool HasCrdServer { get; }

    public abstract bool CanRestartApiServer { get; }

    public abstract Task StopApiServerAsync(CancellationToken cancellationToken = default);

    public abstract Task StartApiServerAsync(CancellationToken cancellationToken = default);

    public async Task<string> InstallCrdsAsync(CancellationToken cancellationToken = default)
    {
        var (folder, description) = FluxDefinitions.Locate();
        await controlPlane.InstallDefinitionsAsync(folder, cancellationToken);
        await controlPlane.InstallDefinitionsAsync(RepositoryRoot.Combine("crds"), cancellationToken);
        return description;
    }

    public async Task<string> CreateNamespaceAsync(string prefix = "test", CancellationToken cancellationToken = default)
    {
        var name = $"{prefix}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        var ns = new V1Namespace { Metadata = new V1ObjectMeta { Name = name } };
        await Client.CoreV1.CreateNamespaceAsync(ns, cancellationToken: cancellationToken);
        return name;
    }

    public Task ApplyAsync(string yaml, CancellationToken cancellationToken = default) =>
        Manifests.ApplyAsync(Client, yaml, cancellationToken);

    public async Task<string> CreateServiceAccountKubeconfigAsync(string ns, string name, CancellationToken cancellationToken = default)
    {
        var path = Path.Combine(_kubeconfigs.FullName, $"{ns}-{name}");
        await ServiceAccountKubeconfig.WriteAsync(Client, KubeconfigPath, ns, name, path, cancellationToken);
        return path;
    }

    public ValueTask DisposeAsync()
    {
        _kubeconfigs.Delete(recursive: true);
        return controlPlane.DisposeAsync();
    }
}
