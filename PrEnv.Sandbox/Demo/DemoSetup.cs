using System.Net;
using System.Net.Sockets;
using System.Text;
using k8s;
using k8s.Models;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Sandbox.Flux;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.GitHub.State;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Sandbox.Demo;

/// <summary>
/// Everything that the demo runs on: API server, GitHub, helm-controller, environments, and the real controller. Ends with it.
/// </summary>
internal sealed class DemoSetup : IAsyncDisposable
{
    public const string Token = "demo-token";
    public const string Destination = "pr-helm-releases";

    private readonly Stack<IAsyncDisposable> _started;
    private readonly string _folder;

    private DemoSetup(Stack<IAsyncDisposable> started, string folder)
    {
        _started = started;
        _folder = folder;
    }

    public required IControlPlane Cluster { get; init; }

    public required GitHubServer GitHub { get; init; }

    public required EnvironmentServer Environments { get; init; }

    public required ControllerProcess Controller { get; init; }

    /// <summary>Where the controller serves its page.</summary>
    public required Uri Page { get; init; }

    /// <summary>Whether environments are really installed, as far as objects go.</summary>
    public required bool Installs { get; init; }

    /// <summary>Starts all of it and applies the sample.</summary>
    public static async Task<DemoSetup> StartAsync(Storyteller tell, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("prenv-demo-").FullName;
        var started = new Stack<IAsyncDisposable>();
        try
        {
            tell.Say("Starting a Kubernetes API server ...");
            var cluster = Push(await ControlPlanes.StartAsync(tell.Say, cancellationToken));
            await cluster.InstallDefinitionsAsync(HelmControllerDouble.DefinitionsFolder, cancellationToken);
            await cluster.InstallDefinitionsAsync(RepositoryRoot.Combine("crds"), cancellationToken);

            tell.Say("Starting stand-ins for GitHub, with one repository, and helm-controller ...");
            var github = Push(await GitHubServer.StartAsync(cancellationToken: cancellationToken));
            github.CreateRepository(DemoStory.Owner, DemoStory.Repository, isPrivate: true);
            github.AddToken(Token);
            github.Grant(Token, DemoStory.Owner, DemoStory.Repository, AccessLevel.Push);
            var helm = await RealHelm.FindAsync(
                cluster.KubeconfigPath, RealHelm.SampleCharts, cluster.HasControllers, cancellationToken);
            tell.Say(helm.Description);
            var flux = Push(HelmControllerDouble.Start(
                await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(new FileInfo(cluster.KubeconfigPath)),
                new HelmControllerOptions { InstallDuration = TimeSpan.FromSeconds(2), Helm = helm }));
            var environments = Push(await EnvironmentServer.StartAsync(flux.Environments, cancellationToken: cancellationToken));
            environments.StartupDelay = TimeSpan.FromSeconds(1);

            tell.Say("Starting the controller ...");
            var page = FreeAddress();
            var controller = Push(ControllerProcess.Start(
                Path.Combine(folder, "controller.log"),
                "run", "--kubeconfig", cluster.KubeconfigPath,
                "--github-api-url", github.BaseUrl.AbsoluteUri,
                // The environments of the demo are on loopback, which probes may not reach otherwise.
                "--health-check-deny-cidrs", "169.254.0.0/16",
                "--metrics-bind-address", "127.0.0.1:0", "--health-probe-bind-address", "127.0.0.1:0", "--webhook-bind-address", "0",
                "--ui-bind-address", page.Authority, "--log-format", "text"));
            await ApplySampleAsync(cluster.Client, environments.BaseUrl, cancellationToken);
            return new DemoSetup(started, folder)
            {
                Cluster = cluster,
                GitHub = github,
                Environments = environments,
                Controller = controller,
                Page = page,
                Installs = helm is RealHelm,
            };
        }
        catch
        {
            await EndAsync(started, folder);
            throw;
        }

        T Push<T>(T part)
            where T : IAsyncDisposable
        {
            started.Push(part);
            return part;
        }
    }

    /// <summary>The predecessor's sample; only its health URL, which is another's domain, is that of this machine.</summary>
    public static async Task<string> SampleAsync(Uri environments, CancellationToken cancellationToken)
    {
        var sample = await File.ReadAllTextAsync(RepositoryRoot.Combine("samples", "with-healthcheck.yaml"), cancellationToken);
        return sample
            .Replace(
                "http://ephenvtestpr<<PR_NUMBER>>.eastus.cloudapp.azure.com", $"{environments}pr/<<PR_NUMBER>>", StringComparison.Ordinal)
            .Replace("interval: \"60s\"", "interval: \"10s\"", StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync() => await EndAsync(_started, _folder);

    private static async Task ApplySampleAsync(Kubernetes client, Uri environments, CancellationToken cancellationToken)
    {
        foreach (var name in (string[])[Destination, "flux-system"])
        {
            await client.CoreV1.CreateNamespaceAsync(
                new V1Namespace { Metadata = new V1ObjectMeta { Name = name } }, cancellationToken: cancellationToken);
        }

        await client.CoreV1.CreateNamespacedSecretAsync(
            new V1Secret
            {
                Metadata = new V1ObjectMeta { Name = "tokensecret" },
                Data = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["token"] = Encoding.UTF8.GetBytes(Token) },
            },
            "default", cancellationToken: cancellationToken);
        await Manifests.ApplyAsync(client, await SampleAsync(environments, cancellationToken), cancellationToken);
    }

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}/");
    }

    // Last started, first ended: clients go before their servers.
    private static async Task EndAsync(Stack<IAsyncDisposable> started, string folder)
    {
        while (started.TryPop(out var part))
            await part.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
