using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using PrEnv.Sandbox.Flux;
using PrEnv.Tests.Cluster;

namespace PrEnv.Tests.Sandbox.Flux;

/// <summary>
/// A namespace of its own in a real cluster with Flux's CRDs and no Flux, and the double of helm-controller at work there.
/// </summary>
internal sealed class FluxCluster : IAsyncDisposable
{
    private const string Group = "helm.toolkit.fluxcd.io";
    private const string Version = "v2";
    private const string Plural = "helmreleases";
    private readonly KubernetesClientConfiguration _configuration;
    private readonly HelmControllerOptions _options;
    private readonly HelmReleaseApi _api;

    private FluxCluster(KubernetesClientConfiguration configuration, string ns, HelmControllerOptions options)
    {
        Namespace = ns;
        _api = new HelmReleaseApi(configuration, new ReleaseCache(), concurrentRequests: 4);
        _configuration = configuration;
        _options = options with { WatchNamespace = ns };
        Flux = HelmControllerDouble.Start(_configuration, _options);
    }

    /// <summary>The double's, with little patience.</summary>
    public static HelmControllerOptions Hasty { get; } = new()
    {
        ChartDuration = TimeSpan.FromMilliseconds(20),
        InstallDuration = TimeSpan.FromMilliseconds(50),
        UninstallDuration = TimeSpan.FromMilliseconds(20),
        RetryDelay = TimeSpan.FromMilliseconds(50),
    };

    public string Namespace { get; }

    public HelmControllerDouble Flux { get; private set; }

    public IKubernetes Client => _api;

    public EnvironmentRegistry Environments => Flux.Environments;

    public static async Task<FluxCluster> StartAsync(HelmControllerOptions? options = null)
    {
        var shared = await TestCluster.GetAsync();
        var configuration = await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(new FileInfo(shared.KubeconfigPath));
        return new FluxCluster(configuration, await shared.CreateNamespaceAsync("flux"), options ?? Hasty);
    }

    /// <summary>Creates <c>relpr-N</c>; the JSON is merged into its spec.</summary>
    public Task CreateAsync(int number, string sha, string spec = "{}")
    {
        var merged = new JsonObject
        {
            ["interval"] = "5m",
            ["chart"] = JsonNode.Parse(
                """{"spec":{"chart":"./charts/app","version":"0.1.0","sourceRef":{"kind":"GitRepository","name":"app"}}}"""),
            ["values"] = new JsonObject { ["prNumber"] = number, ["prSHA"] = sha },
        };
        foreach (var (name, value) in JsonNode.Parse(spec)!.AsObject())
            merged[name] = value?.DeepClone();
        var release = new JsonObject
        {
            ["apiVersion"] = $"{Group}/{Version}",
            ["kind"] = "HelmRelease",
            ["metadata"] = new JsonObject { ["name"] = NameOf(number), ["namespace"] = Namespace },
            ["spec"] = merged,
        };
        return Client.CustomObjects.CreateNamespacedCustomObjectAsync(release, Group, Version, Namespace, Plural);
    }

    /// <summary>Returns once the double knows, so that what is done to the double next comes after.</summary>
    public async Task PatchAsync(int number, string patch) => await UntilSeenAsync(
        await Client.CustomObjects.PatchNamespacedCustomObjectAsync<JsonObject>(
            new V1Patch(patch, V1Patch.PatchType.MergePatch), Group, Version, Namespace, Plural, NameOf(number)));

    /// <summary>Another commit.</summary>
    public Task PushAsync(int number, string sha) => PatchAsync(number, $$"""{"spec":{"values":{"prSHA":"{{sha}}"} } }""");

    /// <summary>Sets annotations of <c>reconcile.fluxcd.io</c>, all to one value.</summary>
    public Task AnnotateAsync(int number, string value, params string[] names)
    {
        var annotations = new JsonObject(names.Select(name => KeyValuePair.Create("reconcile.fluxcd.io/" + name, (JsonNode?)value)));
        return PatchAsync(number, new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } }.ToJsonString());
    }

    public Task PatchStatusAsync(int number, string patch) => Client.CustomObjects.PatchNamespacedCustomObjectStatusAsync(
        new V1Patch(patch, V1Patch.PatchType.MergePatch), Group, Version, Namespace, Plural, NameOf(number));

    /// <summary>The double forgets everything, as helm-controller does when its pod is replaced.</summary>
    public async Task RestartFluxAsync()
    {
        await Flux.DisposeAsync();
        Flux = HelmControllerDouble.Start(_configuration, _options);
    }

    /// <summary>Returns once the double knows, so that what is done to the double next comes after.</summary>
    public async Task DeleteAsync(int number)
    {
        var deleted = await Client.CustomObjects.DeleteNamespacedCustomObjectAsync<JsonObject>(
            Group, Version, Namespace, Plural, NameOf(number));
        // With a finalizer, the answer is the release; without, it is a Status, and the release is gone.
        if (HelmReleaseObject.Text(deleted["kind"]) == "HelmRelease")
            await UntilSeenAsync(deleted);
    }

    /// <summary>Every event of the releases in the namespace, from now on.</summary>
    public async Task<IAsyncEnumerable<RawWatchEvent>> WatchAsync(CancellationToken cancellationToken)
    {
        var (_, version) = await _api.ListAsync(cancellationToken);
        return _api.FollowAsync(version, cancellationToken)
            .Where(watched => HelmReleaseObject.Text(watched.Object["metadata"]?["namespace"]) == Namespace);
    }

    /// <summary>The HelmChart of that release, once its <c>Ready</c> carries that reason.</summary>
    public async Task<JsonObject> UntilChartAsync(int number, string reason)
    {
        const string Charts = "apis/source.toolkit.fluxcd.io/v1/helmcharts";
        var cancelled = TestContext.CurrentContext.CancellationToken;
        var name = $"{Namespace}-{NameOf(number)}";
        var (items, version) = await _api.ListAsync(cancelled, Charts);
        if (items.FirstOrDefault(Fits) is { } now)
            return now;
        return (await _api.FollowAsync(version, cancelled, Charts).FirstAsync(watched => Fits(watched.Object), cancelled)).Object;

        bool Fits(JsonObject chart) =>
            HelmReleaseObject.Text(chart["metadata"]?["name"]) == name && new HelmReleaseObject(chart).ConditionReason("Ready") == reason;
    }

    /// <summary>An account in the namespace; with rights it may do anything there.</summary>
    public async Task CreateAccountAsync(string name, bool withRights)
    {
        await Client.CoreV1.CreateNamespacedServiceAccountAsync(
            new V1ServiceAccount { Metadata = new V1ObjectMeta { Name = name } }, Namespace);
        if (!withRights)
            return;
        var binding = new V1RoleBinding
        {
            Metadata = new V1ObjectMeta { Name = name },
            RoleRef = new V1RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "ClusterRole", Name = "cluster-admin" },
            Subjects = [new Rbacv1Subject { Kind = "ServiceAccount", Name = name, NamespaceProperty = Namespace }],
        };
        await Client.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(binding, Namespace);
    }

    /// <summary>The first state that fits, from now on, as a watch shows it.</summary>
    public async Task<HelmReleaseObject> UntilAsync(int number, Func<HelmReleaseObject, bool> condition)
    {
        var cancelled = TestContext.CurrentContext.CancellationToken;
        while (true)
        {
            var (items, version) = await _api.ListAsync(cancelled);
            var now = items.Select(item => new HelmReleaseObject(item)).FirstOrDefault(IsIt);
            if (now is not null)
                return now;
            await foreach (var (_, item) in _api.FollowAsync(version, cancelled))
            {
                var release = new HelmReleaseObject(item);
                if (IsIt(release))
                    return release;
            }
        }

        bool IsIt(HelmReleaseObject release) => release.Key == KeyOf(number) && condition(release);
    }

    public Task<HelmReleaseObject> UntilReadyAsync(int number) => UntilAsync(number, release => release.IsReady);

    /// <summary>How that HelmRelease ended.</summary>
    public async Task<TeardownOutcome> UntilGoneAsync(int number)
    {
        await Environments.UntilAsync(
            environments => environments.Teardowns.Any(teardown => teardown.Key == KeyOf(number)),
            TestContext.CurrentContext.CancellationToken);
        return Environments.Teardowns.Single(teardown => teardown.Key == KeyOf(number)).Outcome;
    }

    public InstalledEnvironment? Installed(int number) => Environments.Find(KeyOf(number));

    public static string NameOf(int number) => $"relpr-{number}";

    public async ValueTask DisposeAsync()
    {
        foreach (var release in (await _api.ListAsync(CancellationToken.None)).Items.Select(item => new HelmReleaseObject(item)))
        {
            if (release.Key.Namespace == Namespace)
                await TakeFinalizersOffAsync(release.Key.Name);
        }

        await Flux.DisposeAsync();
        await Client.CoreV1.DeleteNamespaceAsync(Namespace);
        _api.Dispose();
    }

    private Task UntilSeenAsync(JsonObject release) =>
        Flux.UntilSeenAsync(new HelmReleaseObject(release), TestContext.CurrentContext.CancellationToken);

    private async Task TakeFinalizersOffAsync(string name)
    {
        var patch = new V1Patch("""{"metadata":{"finalizers":null}}""", V1Patch.PatchType.MergePatch);
        try
        {
            await Client.CustomObjects.PatchNamespacedCustomObjectAsync(patch, Group, Version, Namespace, Plural, name);
        }
        catch (HttpOperationException refused) when (refused.Response.StatusCode == HttpStatusCode.NotFound)
        {
            // The double has just done so.
        }
    }

    private ReleaseKey KeyOf(int number) => new(Namespace, NameOf(number));
}
