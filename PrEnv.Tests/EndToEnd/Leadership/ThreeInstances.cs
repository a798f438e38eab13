using k8s;
using k8s.Models;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Sandbox.Loopback;
using PrEnv.Tests.Cluster;

namespace PrEnv.Tests.EndToEnd.Leadership;

/// <summary>Three controllers on an API server that writes down who did what, and somebody who keeps them busy.</summary>
internal sealed class ThreeInstances : IAsyncDisposable
{
    public const string Lease = "prenv-controller";
    // Long enough for a busy machine: a leader that loses the Lease for want of a processor has done nothing wrong, but would spoil the
    // test.
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(8);

    private static readonly string[] Flags =
    [
        "--leader-elect", "--leader-elect-namespace", EndToEndCluster.Namespace,
        "--leader-elect-lease-duration=8s", "--leader-elect-renew-deadline=5s", "--leader-elect-retry-period=500ms",
    ];

    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    private readonly DirectoryInfo _folder;
    private readonly LocalClusterFixture _fixture;
    private readonly Dictionary<string, Instance> _instances = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _rest = new();
    private Task _unrest = Task.CompletedTask;

    private ThreeInstances(DirectoryInfo folder, LocalClusterFixture fixture, EndToEndWorld world) =>
        (_folder, _fixture, World) = (folder, fixture, world);

    public EndToEndWorld World { get; }

    private string AuditLog => Path.Combine(_folder.FullName, "audit.log");

    public static async Task<ThreeInstances> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("prenv-election-");
        var policy = Path.Combine(folder.FullName, "policy.yaml");
        await File.WriteAllTextAsync(policy, AuditTrail.Policy);
        var fixture = await LocalClusterFixture.StartAsync(
            TestContext.Progress.WriteLine,
            [$"--audit-policy-file={policy}", $"--audit-log-path={Path.Combine(folder.FullName, "audit.log")}",
                "--audit-log-mode=blocking-strict"]);
        await fixture.InstallCrdsAsync();
        var world = await EndToEndWorld.CreateAsync(await EndToEndCluster.OnAsync(fixture));
        await GrantAsync(fixture.Client);
        var three = new ThreeInstances(folder, fixture, world);
        try
        {
            await three.FillAsync();
            await three.BeginUnrestAsync();
            return three;
        }
        catch
        {
            // Nobody else would end the processes.
            await three.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts those that are missing, and waits until all are candidates and one leads.</summary>
    public async Task FillAsync()
    {
        foreach (var number in Enumerable.Range(1, 3))
        {
            var account = $"controller-{number}";
            if (_instances.ContainsKey(account))
                continue;
            var kubeconfig = await _fixture.CreateServiceAccountKubeconfigAsync(EndToEndCluster.Namespace, account);
            var proxy = TcpProxy.Start(kubeconfig);
            var server = KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfig).Host;
            var detour = (await File.ReadAllTextAsync(kubeconfig)).Replace(
                server.TrimEnd('/'), $"https://127.0.0.1:{proxy.Port}", StringComparison.Ordinal);
            await File.WriteAllTextAsync(kubeconfig, detour);
            _instances[account] = new Instance(
                $"system:serviceaccount:{EndToEndCluster.Namespace}:{account}", proxy, World.StartInstance(kubeconfig, Flags));
        }

        foreach (var instance in _instances.Values)
        {
            await World.UntilAsync(
                () => EndToEndWorld.LogAsync(instance.Process, "Lease"), lines => lines.Count > 1, instance.User + " as a candidate");
        }
    }

    /// <summary>Takes one out of the number.</summary>
    public async Task RemoveAsync(Instance instance)
    {
        _instances.Remove(_instances.Single(i => i.Value == instance).Key);
        instance.Proxy.Cut();
        await instance.Process.DisposeAsync();
        await instance.Proxy.DisposeAsync();
    }

    /// <summary>Who leads by the Lease, once somebody does who is not <paramref name="before"/>.</summary>
    public async Task<Instance> LeaderAsync(Instance? before = null)
    {
        var holder = "";
        Instance? leader = null;
        await World.UntilAsync(
            async () =>
            {
                holder = (await World.Client.CoordinationV1.ReadNamespacedLeaseAsync(Lease, EndToEndCluster.Namespace)).Spec.HolderIdentity
                    ?? "";
                leader = null;
                foreach (var instance in _instances.Values)
                {
                    if (holder.Length > 0 && await instance.IsAsync(holder))
                        leader = instance;
                }

                return holder;
            },
            _ => leader is not null && leader != before,
            $"a leader who is not {before?.User}");
        return leader!;
    }

    /// <summary>Waits until that instance has done some work from now on.</summary>
    public async Task WorksAsync(Instance instance)
    {
        var before = (await TrailAsync()).Work[instance.User].Count();
        await World.UntilAsync(
            async () =>
            {
                if (_unrest.IsFaulted)
                    await _unrest;
                return (await TrailAsync()).Work[instance.User].Count();
            },
            count => count >= before + 3,
            "work of " + instance.User);
    }

    public Task<AuditTrail> TrailAsync() => AuditTrail.ReadAsync(AuditLog);

    public async ValueTask DisposeAsync()
    {
        await _rest.CancelAsync();
        await _unrest;
        foreach (var instance in _instances.Values.ToList())
            await RemoveAsync(instance);
        await World.DisposeAsync();
        await _fixture.DisposeAsync();
        _rest.Dispose();
        _folder.Delete(recursive: true);
    }

    private static async Task GrantAsync(k8s.Kubernetes client)
    {
        Rbacv1Subject[] all =
        [
            new() { Kind = "Group", Name = $"system:serviceaccounts:{EndToEndCluster.Namespace}", ApiGroup = "rbac.authorization.k8s.io" },
        ];
        await client.RbacAuthorizationV1.CreateClusterRoleBindingAsync(new V1ClusterRoleBinding
        {
            Metadata = new V1ObjectMeta { Name = "all-controllers" },
            RoleRef = new V1RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = "prenv-controller" },
            Subjects = all,
        });
        await client.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
            new V1RoleBinding
            {
                Metadata = new V1ObjectMeta { Name = "all-controllers" },
                RoleRef = new V1RoleRef
                {
                    ApiGroup = "rbac.authorization.k8s.io",
                    Kind = "Role",
                    Name = "prenv-controller-leader-election",
                },
                Subjects = all,
            },
            EndToEndCluster.Namespace);
    }

    // Somebody changes a release by hand all the time, and whoever leads puts it right: a write every few milliseconds.
    private async Task BeginUnrestAsync()
    {
        var pr = World.GitHub.OpenPullRequest(EndToEndWorld.Owner, EndToEndWorld.Repository);
        await World.ApplyAsync(World.Resource());
        await World.UntilReleaseAsync(pr.Number, pr.HeadSha);
        _unrest = DisturbAsync(pr.Number);
    }

    private async Task DisturbAsync(int number)
    {
        try
        {
            while (true)
            {
                await World.PatchReleaseAsync(number, """{"spec":{"interval":"9m"}}""");
                await Task.Delay(Between, TimeProvider.System, _rest.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
