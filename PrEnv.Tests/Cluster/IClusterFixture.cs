namespace PrEnv.Tests.Cluster;

/// <summary>
/// A real Kubernetes API server with Flux's and this project's CustomResourceDefinitions installed, shared by all tests of a run: get it
/// from <see cref="TestCluster.GetAsync"/>. Tests keep apart by namespace, each in one of its own.
/// </summary>
internal interface IClusterFixture : IAsyncDisposable
{
    /// <summary>What it is and which version, for people.</summary>
    string Name { get; }

    /// <summary>Logs in as an administrator.</summary>
    string KubeconfigPath { get; }

    /// <summary>A client with an administrator's rights.</summary>
    k8s.Kubernetes Client { get; }

    /// <summary>Whether deleted namespaces are emptied and dependents collected.</summary>
    bool HasControllers { get; }

    /// <summary>Whether the CEL rules of a CustomResourceDefinition are evaluated (from 1.25 on).</summary>
    bool EvaluatesCel { get; }

    /// <summary>
    /// Whether a modern server beside an old kube-apiserver serves the custom resources. It streams lists; its definitions are not visible
    /// with <see cref="Client"/>.
    /// </summary>
    bool HasCrdServer { get; }

    /// <summary>Whether the API server can be taken away and brought back. Such a test has to be <c>[NonParallelizable]</c>.</summary>
    bool CanRestartApiServer { get; }

    /// <summary>Takes the API server away; its data stays.</summary>
    Task StopApiServerAsync(CancellationToken cancellationToken = default);

    /// <summary>Brings it back at the same address with the same data.</summary>
    Task StartApiServerAsync(CancellationToken cancellationToken = default);

    /// <summary>Installs Flux's definitions and those in <c>crds/</c>, and waits until they are served. May be repeated.</summary>
    /// <returns>Which of Flux's definitions these are, for people.</returns>
    Task<string> InstallCrdsAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates a namespace that nobody else uses. It goes with the cluster.</summary>
    /// <param name="prefix">What its name begins with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Its name.</returns>
    Task<string> CreateNamespaceAsync(string prefix = "test", CancellationToken cancellationToken = default);

    /// <summary>Applies YAML documents of any kind, server-side and by force.</summary>
    Task ApplyAsync(string yaml, CancellationToken cancellationToken = default);

    /// <summary>Creates a service account if need be, and a kubeconfig with its rights.</summary>
    /// <returns>The kubeconfig's path. The file goes with the cluster.</returns>
    Task<string> CreateServiceAccountKubeconfigAsync(string ns, string name, CancellationToken cancellationToken = default);
}
