using System.Globalization;
using System.Text;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Sandbox.Flux;
using PrEnv.Sandbox.GitHub;
using PrEnv.Sandbox.Processes;

namespace PrEnv.Benchmarks.Load;

/// <summary>A real API server and the real controller as a process, for what is measured from end to end.</summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Stack<IAsyncDisposable> _parts = new();
    private readonly HttpClient _http = new();
    private readonly LocalControlPlane _cluster;

    private Stage(string name, LocalControlPlane cluster)
    {
        _folder = Directory.CreateTempSubdirectory($"prenv-{name}-").FullName;
        _cluster = Push(cluster);
        Configuration = KubernetesClientConfiguration.BuildConfigFromConfigFile(cluster.KubeconfigPath);
        Watches = new ListWatchFactory(
            new RawKubernetes(Configuration, TimeProvider.System), TimeProvider.System, NullLoggerFactory.Instance);
    }

    public Kubernetes Client => _cluster.Client;

    public KubernetesClientConfiguration Configuration { get; }

    public ListWatchFactory Watches { get; }

    /// <summary>Where the controller listens, if nothing else is said.</summary>
    public ControllerPorts Ports { get; } = ControllerPorts.Free();

    public int HealthPort => Ports.Health;

    public int WebhookPort => Ports.Webhook;

    /// <summary>Starts the API server with all definitions and those namespaces.</summary>
    public static async Task<Stage> StartAsync(string name, IEnumerable<string> namespaces, CancellationToken cancellationToken)
    {
        var stage = new Stage(name, await LocalControlPlane.StartAsync(cancellationToken: cancellationToken));
        await stage._cluster.InstallDefinitionsAsync(HelmControllerDouble.DefinitionsFolder, cancellationToken);
        await stage._cluster.InstallDefinitionsAsync(RepositoryRoot.Combine("crds"), cancellationToken);
        foreach (var made in namespaces)
        {
            var body = new V1Namespace { Metadata = new V1ObjectMeta { Name = made } };
            await stage.Client.CoreV1.CreateNamespaceAsync(body, cancellationToken: cancellationToken);
        }

        return stage;
    }

    /// <summary>A Secret in the namespace <c>default</c> with the key <c>token</c>.</summary>
    public Task<V1Secret> CreateSecretAsync(string name, string token, CancellationToken cancellationToken) =>
        Client.CoreV1.CreateNamespacedSecretAsync(
        new V1Secret
        {
            Metadata = new V1ObjectMeta { Name = name },
            Data = new Dictionary<string, byte[]>(StringComparer.Ordinal) { ["token"] = Encoding.UTF8.GetBytes(token) },
        },
        "default", cancellationToken: cancellationToken);

    /// <summary>Starts the controller. It ends with this.</summary>
    public ControllerProcess StartController(
        GitHubServer github, string name, ControllerPorts? ports = null, params IEnumerable<string> more) =>
        Push(ControllerProcess.Start(
            Path.Combine(_folder, name + ".log"),
            [
                "run", "--kubeconfig", _cluster.KubeconfigPath, "--github-api-url", github.BaseUrl.AbsoluteUri,
                "--github-writes-per-minute", "100000", .. (ports ?? Ports).Flags, .. more,
            ]));

    /// <summary>How often the controller has reconciled a resource, by its metrics.</summary>
    public async Task<double> CountReconcilesAsync(CancellationToken cancellationToken)
    {
        var text = await _http.GetStringAsync(new Uri($"http://127.0.0.1:{Ports.Metrics}/metrics"), cancellationToken);
        return text.Split('\n')
            .Where(
                l => l.StartsWith("controller_runtime_reconcile_total{", StringComparison.Ordinal)
                && l.Contains("prephemeralenvcontroller", StringComparison.Ordinal))
            .Sum(l => double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Disposed of with this, the last first.</summary>
    public T Push<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
