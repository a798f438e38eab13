using System.Globalization;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Sandbox.ControlPlane;
using PrEnv.Sandbox.Flux;

namespace PrEnv.Benchmarks.Watching;

/// <summary>What it costs to follow so many HelmReleases, each figure beside its reference in the same run.</summary>
/// <param name="count">How many.</param>
/// <param name="churn">For how long they change, after all else.</param>
/// <param name="output">Gets the figures.</param>
internal sealed class WatchCommand(int count, TimeSpan churn, TextWriter output)
{
    /// <summary><c>watch [N] [minutes of churn]</c>; 10,000 and 0 without.</summary>
    public static WatchCommand Parse(IReadOnlyList<string> arguments, TextWriter output) => new(
        arguments.Count > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 10_000,
        TimeSpan.FromMinutes(arguments.Count > 1 ? double.Parse(arguments[1], CultureInfo.InvariantCulture) : 0),
        output);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var cluster = await ControlPlanes.StartAsync(output.WriteLine, cancellationToken);
        await cluster.InstallDefinitionsAsync(HelmControllerDouble.DefinitionsFolder, cancellationToken);
        await cluster.Client.CoreV1.CreateNamespaceAsync(
            new V1Namespace { Metadata = new V1ObjectMeta { Name = BigReleases.Namespace } }, cancellationToken: cancellationToken);
        using var client = new RawKubernetes(
            KubernetesClientConfiguration.BuildConfigFromConfigFile(cluster.KubeconfigPath), TimeProvider.System);
        await BigReleases.CreateAsync(client, count, cancellationToken);

        var watches = new ListWatchFactory(client, TimeProvider.System, NullLoggerFactory.Instance);
        // First, while nothing else has left its traces in memory.
        await new MemoryFigure(client, watches, Print).MeasureAsync(count, churn, cancellationToken);
        await new SyncFigure(client, watches, Print).MeasureAsync(cancellationToken);
        await new EventFigure(client, Print).MeasureAsync(cancellationToken);
    }

    private void Print(string what, string figure) => output.WriteLine($"{what,-52} {figure}");
}
