using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Sandbox.Flux;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Tests.EndToEnd;

/// <summary>
/// The real controller, as a process with its own service account's rights, between a real API server and doubles of GitHub and
/// helm-controller. One at a time: the controller looks at the whole cluster.
/// </summary>
internal sealed class EndToEndWorld : IAsyncDisposable
{
    public const string Owner = "octo-org";
    public const string Repository = "shop";
    public const string Token = "t0p-s3cret-t0ken";

    /// <summary>How long a test waits at most: a limit for what never comes, far above what a busy machine needs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private static int _count;

    private readonly string _folder = Directory.CreateTempSubdirectory("prenv-e2e-").FullName;
    private readonly List<string> _namespaces = [];
    private readonly string _controllerKubeconfig;
    private int _starts;

    private EndToEndWorld(
        k8s.Kubernetes client, string controllerKubeconfig, GitHubServer github, HelmControllerDouble flux, EnvironmentServer environments)
    {
        Client = client;
        _controllerKubeconfig = controllerKubeconfig;
        GitHub = github;
        Flux = flux;
        Environments = environments;
        var number = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        Namespace = $"team-{number}";
        Destination = $"envs-{number}";
    }

    /// <summary>With every right.</summary>
    public k8s.Kubernetes Client { get; }

    public GitHubServer GitHub { get; }

    public HelmControllerDouble Flux { get; }

    public EnvironmentServer Environments { get; }

    public ControllerProcess? Controller { get; private set; }

    /// <summary>Where resources and Secrets live.</summary>
    public string Namespace { get; }

    /// <summary>Where HelmReleases live.</summary>
    public string Destination { get; }

    /// <summary>Where the controller takes webhooks; default nowhere.</summary>
    public string WebhookAddress { get; set; } = "0";

    /// <summary>Where the controller shows its metrics; default nowhere.</summary>
    public string MetricsAddress { get; set; } = "0";

    /// <summary>More flags for the controller.</summary>
    public IReadOnlyList<string> Flags { get; set; } = [];

    /// <summary>Environment variables of the controller.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Starts the doubles and makes the namespaces and the Secret; the controller is started by <see cref="StartController"/>.
    /// </summary>
    public static async Task<EndToEndWorld> CreateAsync(EndToEndCluster cluster, HelmControllerOptions? flux = null)
    {
        var github = await GitHubServer.StartAsync();
        github.CreateRepository(Owner, Repository, isPrivate: true);
        github.AddToken(Token);
        github.Grant(Token, Owner, Repository);
        var helmController = HelmControllerDouble.Start(cluster.AdminConfiguration(), flux);
        var world = new EndToEndWorld(
            cluster.Client, cluster.ControllerKubeconfig, github, helmController,
            await EnvironmentServer.StartAsync(helmController.Environments));
        await world.CreateNamespaceAsync(world.Namespace);
        await world.CreateNamespaceAsync(world.Destination);
        await world.CreateSecretAsync(world.Namespace, "tokensecret", Token);
        return world;
    }

    public ControllerProcess StartController(params IEnumerable<string> flags) => Controller = StartInstance(_controllerKubeconfig, flags);

    /// <summary>Starts one of several; whoever starts it ends it.</summary>
    public ControllerProcess StartInstance(string kubeconfig, params IEnumerable<string> flags) =>
        Start([], ["--kubeconfig", kubeconfig, "--log-format", "text", .. Flags, .. flags]);

    /// <summary>Starts it as in a pod: it finds the cluster by itself.</summary>
    /// <param name="launcher">What gives it the files that a pod has.</param>
    public ControllerProcess StartInPod(IEnumerable<string> launcher) => Controller = Start(launcher, Flags);

    /// <summary>A resource; <paramref name="more"/> are lines of its spec, indented by two.</summary>
    public string Resource(
        string name = "shop", string? destination = null, string interval = "10s", string more = "", string labels = "{}") => $"""
        apiVersion: prcontroller.controllers.ephemeralenv.io/v1alpha1
        kind: PREphemeralEnvController
        metadata:
          name: {name}
          namespace: {Namespace}
          labels: {labels}
        spec:
          githubPRRepository:
            user: {Owner}
            repo: {Repository}
            tokenSecretRef:
              name: tokensecret
          envCreationHelmRepo:
            fluxSourceRepoName: infra
            helmChartPath: charts/env
            destinationNamespace: {destination ?? Destination}
          interval: {interval}
        {more}
        """;

    /// <summary>The line that makes environments answer for themselves.</summary>
    public string HealthCheck => $"  envHealthCheckURLTemplate: {Environments.BaseUrl}pr/<<PR_NUMBER>>";

    public Task ApplyAsync(string yaml) => Manifests.ApplyAsync(Client, yaml);

    public async Task CreateNamespaceAsync(string name)
    {
        _namespaces.Add(name);
        await Client.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = name } });
    }

    public Task CreateSecretAsync(string @namespace, string name, string token) => Client.CoreV1.CreateNamespacedSecretAsync(
        new V1Secret
        {
            Metadata = new V1ObjectMeta { Name = name },
            Data = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["token"] = Encoding.UTF8.GetBytes(token) },
        },
        @namespace);

    /// <summary>The resource as it is now, or null.</summary>
    public async Task<PREphemeralEnvController?> GetResourceAsync(string name = "shop", string? @namespace = null) =>
        (await GetAsync(
            PREphemeralEnvController.Group, PREphemeralEnvController.Version, @namespace ?? Namespace,
            PREphemeralEnvController.Plural, name))
            ?.Deserialize(ResourceJson.Default.PREphemeralEnvController);

    /// <summary>The release as it is now, or null.</summary>
    public async Task<HelmRelease?> GetReleaseAsync(int number, string? @namespace = null) =>
        (await GetAsync(HelmRelease.Group, HelmRelease.Version, @namespace ?? Destination, HelmRelease.Plural, $"relpr-{number}"))
            ?.Deserialize(ResourceJson.Default.HelmRelease);

    public async Task<IReadOnlyList<HelmRelease>> ListReleasesAsync(string? @namespace = null)
    {
        var list = (JsonElement)await Client.CustomObjects.ListNamespacedCustomObjectAsync(
            HelmRelease.Group, HelmRelease.Version, @namespace ?? Destination, HelmRelease.Plural);
        return [.. list.GetProperty("items").EnumerateArray().Select(i => i.Deserialize(ResourceJson.Default.HelmRelease)!)];
    }

    /// <summary>Notes of the events on a resource with that reason, oldest first.</summary>
    public async Task<IReadOnlyList<string>> EventsAsync(string reason, string name = "shop")
    {
        var events = await Client.EventsV1.ListNamespacedEventAsync(Namespace);
        return [.. events.Items.Where(e => e.Regarding.Name == name && e.Reason == reason).OrderBy(e => e.EventTime).Select(e => e.Note)];
    }

    /// <summary>Waits until it is so; fails with what was there last and the log of every controller.</summary>
    public async Task<T> UntilAsync<T>(Func<Task<T>> read, Func<T, bool> condition, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        T last = default!;
        try
        {
            while (true)
            {
                last = await read();
                if (condition(last))
                    return last;
                await Task.Delay(Glance, TimeProvider.System, patience.Token);
            }
        }
        catch (OperationCanceledException e)
        {
            throw new AssertionException(
                $"Not within {Patience.TotalSeconds} s: {what}. Last seen: {JsonSerializer.Serialize(last)}\n{LogsOfAll()}", e);
        }
    }

    public Task<PREphemeralEnvController?> UntilResourceAsync(
        Func<PREphemeralEnvController, bool> condition, string what, string name = "shop") =>
        UntilAsync(() => GetResourceAsync(name), r => r is not null && condition(r), what);

    public Task<PREphemeralEnvController?> UntilMessageAsync(string message, string name = "shop") =>
        UntilResourceAsync(r => r.Status?.Message == message, $"message {message} of {name}", name);

    /// <summary>Waits until the release installs that commit; null: until it is gone.</summary>
    public Task<HelmRelease?> UntilReleaseAsync(int number, string? sha, string? @namespace = null) => UntilAsync(
        () => GetReleaseAsync(number, @namespace),
        r => Core.Releases.ReleaseValues.Read(r?.Spec).PrSha == sha,
        $"relpr-{number} at {sha ?? "its end"}");

    /// <summary>Waits until Flux has installed the release in <see cref="Destination"/>.</summary>
    public Task UntilInstalledAsync(int number) => UntilAsync(
        () => Task.FromResult(Flux.Environments.Find(Destination, $"relpr-{number}")), installed => installed is not null,
        $"relpr-{number} installed");

    /// <summary>Waits until GitHub has that state of the commit.</summary>
    public Task<IReadOnlyList<PostedStatus>> UntilStatusAsync(string sha, string state) => UntilAsync(
        () => Task.FromResult(GitHub.Statuses(Owner, Repository, sha)),
        statuses => statuses is [.., var last] && last.State == state,
        $"status {state} of {sha}");

    /// <summary>Waits until the controller has asked for the pull requests once more, and got an answer.</summary>
    public async Task UntilListedAgainAsync()
    {
        var before = Listings();
        await UntilAsync(() => Task.FromResult(Listings()), n => n > before, "another listing");

        int Listings() => GitHub.Requests.Entries.Count(e => e.Method == "GET" && e.Target.Contains("/pulls?", StringComparison.Ordinal));
    }

    /// <summary>Waits until the controller has nothing left to tell GitHub: a whole round goes by without a write.</summary>
    public Task UntilNothingIsToldAsync()
    {
        return UntilAsync(RoundAsync, writes => writes == 0, "a round without a write to GitHub");

        async Task<int> RoundAsync()
        {
            var before = Writes();
            await UntilListedAgainAsync();
            await UntilListedAgainAsync();
            return Writes() - before;
        }

        int Writes() => GitHub.Requests.Entries.Count(e => e.Method != "GET");
    }

    /// <summary>Name and version of everything that the controller writes: equal as long as nobody writes.</summary>
    public async Task<IReadOnlyList<string>> ResourceVersionsAsync()
    {
        var releases = (await ListReleasesAsync()).Select(r => r.Metadata);
        var resource = (await GetResourceAsync())!.Metadata;
        return [.. releases.Append(resource).Select(m => $"{m.Name}@{m.ResourceVersion}").Order(StringComparer.Ordinal)];
    }

    public Task PatchReleaseAsync(int number, string patch) => Client.CustomObjects.PatchNamespacedCustomObjectAsync(
        new V1Patch(patch, V1Patch.PatchType.MergePatch),
        HelmRelease.Group, HelmRelease.Version, Destination, HelmRelease.Plural, $"relpr-{number}");

    public Task PatchResourceAsync(string name, string patch) => Client.CustomObjects.PatchNamespacedCustomObjectAsync(
        new V1Patch(patch, V1Patch.PatchType.MergePatch),
        PREphemeralEnvController.Group, PREphemeralEnvController.Version, Namespace, PREphemeralEnvController.Plural, name);

    /// <summary>Asks for the resource's end; its finalizer decides when that is.</summary>
    public Task DeleteResourceAsync(string name = "shop") => Client.CustomObjects.DeleteNamespacedCustomObjectAsync(
        PREphemeralEnvController.Group, PREphemeralEnvController.Version, Namespace, PREphemeralEnvController.Plural, name);

    /// <summary>The lines of the controller's log that have this in them.</summary>
    public Task<IReadOnlyList<string>> ControllerLogAsync(string text) => LogAsync(Controller!, text);

    /// <summary>The lines of a controller's log that have this in them.</summary>
    public static async Task<IReadOnlyList<string>> LogAsync(ControllerProcess controller, string text)
    {
        await using var file = new FileStream(controller.LogPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return [.. (await reader.ReadToEndAsync()).Split('\n').Where(l => l.Contains(text, StringComparison.OrdinalIgnoreCase))];
    }

    public Task DeleteSecretAsync(string @namespace, string name) => Client.CoreV1.DeleteNamespacedSecretAsync(name, @namespace);

    /// <summary>Takes away all resources of a namespace by force.</summary>
    public Task RemoveResourcesAsync(string @namespace) =>
        RemoveAllAsync(PREphemeralEnvController.Group, PREphemeralEnvController.Version, PREphemeralEnvController.Plural, @namespace);

    /// <summary>The states that GitHub was told of a commit, in order.</summary>
    public string StatesOf(string sha) => string.Join(' ', GitHub.Statuses(Owner, Repository, sha).Select(s => s.State));

    public async ValueTask DisposeAsync()
    {
        if (Controller is not null)
            await Controller.DisposeAsync();
        foreach (var name in _namespaces)
        {
            await RemoveAllAsync(PREphemeralEnvController.Group, PREphemeralEnvController.Version, PREphemeralEnvController.Plural, name);
            await RemoveAllAsync(HelmRelease.Group, HelmRelease.Version, HelmRelease.Plural, name);
            await Client.CoreV1.DeleteNamespaceAsync(name);
        }

        await Environments.DisposeAsync();
        await Flux.DisposeAsync();
        await GitHub.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private ControllerProcess Start(IEnumerable<string> launcher, IEnumerable<string> flags) => ControllerProcess.Start(
        Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"controller-{++_starts}.log")),
        Environment,
        [
            "run", "--github-api-url", GitHub.BaseUrl.AbsoluteUri,
            // The environments are on loopback, which probes may not reach otherwise.
            "--health-check-deny-cidrs", "169.254.0.0/16", "--github-writes-per-minute", "60000",
            "--metrics-bind-address", MetricsAddress, "--health-probe-bind-address", "0", "--webhook-bind-address", WebhookAddress,
            "--ui-bind-address", "0", "--log-level", "debug", .. flags,
        ],
        launcher);

    private string LogsOfAll()
    {
        var logs = new StringBuilder();
        foreach (var path in Directory.EnumerateFiles(_folder, "*.log").Order(StringComparer.Ordinal))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            logs.AppendLine(Path.GetFileName(path)).AppendLine(reader.ReadToEnd());
        }

        return logs.ToString();
    }

    // Nobody is left who would take the finalizers off.
    private async Task RemoveAllAsync(string group, string version, string plural, string @namespace)
    {
        var list = (JsonElement)await Client.CustomObjects.ListNamespacedCustomObjectAsync(group, version, @namespace, plural);
        foreach (
            var name in list.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("metadata").GetProperty("name").GetString()!))
        {
            try
            {
                await Client.CustomObjects.DeleteNamespacedCustomObjectAsync(group, version, @namespace, plural, name);
                await Client.CustomObjects.PatchNamespacedCustomObjectAsync(
                    new V1Patch("""{"metadata":{"finalizers":null}}""", V1Patch.PatchType.MergePatch), group, version, @namespace, plural,
                    name);
            }
            catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
            {
                // Gone already.
            }
        }
    }

    private async Task<JsonElement?> GetAsync(string group, string version, string @namespace, string plural, string name)
    {
        try
        {
            return (JsonElement)await Client.CustomObjects.GetNamespacedCustomObjectAsync(group, version, @namespace, plural, name);
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
