using k8s;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Tests.Cluster;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.EndToEnd;

/// <summary>The shared cluster, with the controller's account and the rights that <c>manifests/</c> gives it.</summary>
internal sealed class EndToEndCluster
{
    /// <summary>Namespace of the installation.</summary>
    public const string Namespace = "prenv-system";

    /// <summary>The controller's service account.</summary>
    public const string Account = "prenv-controller";

    private static EndToEndCluster? _shared;

    private readonly IClusterFixture _cluster;

    private EndToEndCluster(IClusterFixture cluster, string controllerKubeconfig)
    {
        _cluster = cluster;
        ControllerKubeconfig = controllerKubeconfig;
    }

    public string Name => _cluster.Name;

    public k8s.Kubernetes Client => _cluster.Client;

    /// <summary>Logs in with every right.</summary>
    public string AdminKubeconfig => _cluster.KubeconfigPath;

    /// <summary>Logs in as the controller's service account.</summary>
    public string ControllerKubeconfig { get; }

    public bool CanRestartApiServer => _cluster.CanRestartApiServer;

    public bool EvaluatesCel => _cluster.EvaluatesCel;

    public bool ShowsDefinitions => !_cluster.HasCrdServer;

    /// <summary>The cluster that all tests of the run share.</summary>
    public static async Task<EndToEndCluster> GetAsync() => _shared ??= await OnAsync(await TestCluster.GetAsync());

    /// <summary>Gives the controller's account the rights of <c>manifests/</c> on a cluster that has the definitions already.</summary>
    public static async Task<EndToEndCluster> OnAsync(IClusterFixture cluster)
    {
        foreach (var file in (string[])["namespace", "service-account", "cluster-role", "leader-election-role"])
            await Manifests.ApplyFileAsync(cluster.Client, RepositoryRoot.Combine("manifests", file + ".yaml"));
        return new EndToEndCluster(cluster, await cluster.CreateServiceAccountKubeconfigAsync(Namespace, Account));
    }

    /// <summary>Logs in as another account, which has no rights yet.</summary>
    public Task<string> CreateAccountAsync(string name) => _cluster.CreateServiceAccountKubeconfigAsync(Namespace, name);

    /// <summary>Gives an account what a file of <c>manifests/</c> gives the controller.</summary>
    /// <param name="account">From <see cref="CreateAccountAsync"/>.</param>
    /// <param name="file">Roles and their bindings.</param>
    /// <param name="namespace">Null where the file says it.</param>
    public async Task GrantAsync(string account, string file, string? @namespace = null)
    {
        foreach (var document in RepositoryFiles.Yaml($"manifests/{file}.yaml"))
        {
            var metadata = document["metadata"]!;
            metadata["name"] = $"{metadata["name"]}-for-{account}";
            if (@namespace is not null)
                metadata["namespace"] = @namespace;
            if (document["roleRef"] is { } role)
            {
                role["name"] = $"{role["name"]}-for-{account}";
                document["subjects"]![0]!["name"] = account;
            }

            await Manifests.ApplyAsync(Client, document.ToJsonString());
        }
    }

    /// <summary>Gives it what <c>spec.namespace</c> needs in addition, or takes that away.</summary>
    public async Task AllowNamespacesAsync(bool allowed)
    {
        if (allowed)
            await Manifests.ApplyFileAsync(Client, RepositoryRoot.Combine("manifests", "namespaces", "cluster-role.yaml"));
        else
            await Client.RbacAuthorizationV1.DeleteClusterRoleBindingAsync("prenv-controller-namespaces");
    }

    /// <summary>For those who need every right.</summary>
    public KubernetesClientConfiguration AdminConfiguration() =>
        KubernetesClientConfiguration.BuildConfigFromConfigFile(_cluster.KubeconfigPath);

    public Task StopApiServerAsync() => _cluster.StopApiServerAsync();

    public Task StartApiServerAsync() => _cluster.StartApiServerAsync();

    /// <summary>Takes Flux's definitions away, and with them every HelmRelease.</summary>
    public async Task RemoveFluxAsync()
    {
        const string Definition = "helmreleases.helm.toolkit.fluxcd.io";
        await Client.ApiextensionsV1.DeleteCustomResourceDefinitionAsync(Definition);
        using var patience = new CancellationTokenSource(EndToEndWorld.Patience);
        await Deletions.UntilGoneAsync(() => Client.ApiextensionsV1.ReadCustomResourceDefinitionAsync(Definition), patience.Token);
    }

    /// <summary>Brings them back.</summary>
    public Task InstallFluxAsync() => _cluster.InstallCrdsAsync();
}
