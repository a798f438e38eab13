using System.Globalization;
using k8s;
using k8s.Autorest;
using k8s.Models;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Sandbox.Flux;
using PrEnv.Sandbox.Loopback;

namespace PrEnv.Benchmarks.Chaos;

/// <summary>An API server that writes down who did what, and as many accounts with a controller's rights as are needed.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    public const string Namespace = "prenv-system";

    private const string RbacGroup = "rbac.authorization.k8s.io";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(300);

    private readonly string _folder;
    private readonly LocalControlPlane _plane;
    private int _accounts;

    private ChaosCluster(string folder, LocalControlPlane plane) => (_folder, _plane) = (folder, plane);

    public Kubernetes Client => _plane.Client;

    public LocalControlPlane Plane => _plane;

    public KubernetesClientConfiguration Configuration => KubernetesClientConfiguration.BuildConfigFromConfigFile(_plane.KubeconfigPath);

    public static async Task<ChaosCluster> StartAsync(string folder, CancellationToken cancellationToken)
    {
        var policy = Path.Combine(folder, "policy.yaml");
        await File.WriteAllTextAsync(policy, AuditTrail.Policy, cancellationToken);
        var options = new LocalControlPlaneOptions
        {
            ApiServerArguments =
            [
                $"--audit-policy-file={policy}", $"--audit-log-path={AuditLog(folder)}", "--audit-log-mode=blocking-strict",
                "--audit-log-maxsize=4000",
            ],
        };
        var cluster = new ChaosCluster(folder, await LocalControlPlane.StartAsync(options, cancellationToken));
        await cluster._plane.InstallDefinitionsAsync(HelmControllerDouble.DefinitionsFolder, cancellationToken);
        await cluster._plane.InstallDefinitionsAsync(RepositoryRoot.Combine("crds"), cancellationToken);
        foreach (var file in (string[])["namespace", "service-account", "cluster-role", "leader-election-role", "namespaces/cluster-role"])
            await Manifests.ApplyFileAsync(cluster.Client, RepositoryRoot.Combine("manifests", file + ".yaml"), cancellationToken);
        await cluster.GrantAsync(cancellationToken);
        return cluster;
    }

    public Task<AuditTrail> ReadTrailAsync() => AuditTrail.ReadAsync(AuditLog(_folder));

    /// <summary>Another account, and a way to the API server for it; waits until there is one.</summary>
    /// <returns>Its name as the API server has it, the file to log in with, the way.</returns>
    public async Task<(string User, string Kubeconfig, TcpProxy Proxy)> CreateAccountAsync(CancellationToken cancellationToken)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"controller-{Interlocked.Increment(ref _accounts)}");
        var path = Path.Combine(_folder, name + ".kubeconfig");
        await TryAsync(
            token => ServiceAccountKubeconfig.WriteAsync(Client, _plane.KubeconfigPath, Namespace, name, path, token), cancellationToken);
        var proxy = TcpProxy.Start(path);
        var server = KubernetesClientConfiguration.BuildConfigFromConfigFile(path).Host.TrimEnd('/');
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        await File.WriteAllTextAsync(
            path, text.Replace(server, $"https://127.0.0.1:{proxy.Port}", StringComparison.Ordinal), cancellationToken);
        return ($"system:serviceaccount:{Namespace}:{name}", path, proxy);
    }

    /// <summary>Does it as soon as the API server lets it.</summary>
    public static async Task TryAsync(Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                patience.CancelAfter(TimeSpan.FromSeconds(10));
                await act(patience.Token);
                return;
            }
            catch (Exception e) when (IsTransient(e) && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(Glance, TimeProvider.System, cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => _plane.DisposeAsync();

    private static bool IsTransient(Exception e) =>
        e is HttpRequestException or HttpOperationException or IOException or OperationCanceledException;

    private static string AuditLog(string folder) => Path.Combine(folder, "audit.log");

    private async Task GrantAsync(CancellationToken cancellationToken)
    {
        Rbacv1Subject[] all = [new() { Kind = "Group", Name = $"system:serviceaccounts:{Namespace}", ApiGroup = RbacGroup }];
        foreach (var role in (string[])["prenv-controller", "prenv-controller-namespaces"])
        {
            await Client.RbacAuthorizationV1.CreateClusterRoleBindingAsync(
                new V1ClusterRoleBinding
                {
                    Metadata = new V1ObjectMeta { Name = $"all-{role}" },
                    RoleRef = new V1RoleRef { ApiGroup = RbacGroup, Kind = "ClusterRole", Name = role },
                    Subjects = all,
                },
                cancellationToken: cancellationToken);
        }

        await Client.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
            new V1RoleBinding
            {
                Metadata = new V1ObjectMeta { Name = "all-controllers" },
                RoleRef = new V1RoleRef { ApiGroup = RbacGroup, Kind = "Role", Name = "prenv-controller-leader-election" },
                Subjects = all,
            },
            Namespace, cancellationToken: cancellationToken);
    }
}
