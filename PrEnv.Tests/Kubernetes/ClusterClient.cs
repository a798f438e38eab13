using System.Runtime.CompilerServices;
using k8s;
using Microsoft.Extensions.Logging.Abstractions;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Cluster;

namespace PrEnv.Tests.Kubernetes;

/// <summary>The adapters, connected to the real API server, and a namespace of the test's own.</summary>
internal sealed class ClusterClient : IDisposable
{
    private ClusterClient(IClusterFixture cluster, string ns)
    {
        Cluster = cluster;
        Namespace = ns;
        Raw = new RawKubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(cluster.KubeconfigPath), TimeProvider.System);
    }

    public IClusterFixture Cluster { get; }

    public string Namespace { get; }

    public RawKubernetes Raw { get; }

    public ListWatchFactory ListWatches => new(Raw, TimeProvider.System, NullLoggerFactory.Instance);

    /// <summary>A new one each time: what one process remembers, another does not.</summary>
    public ReleaseApplier NewApplier() => new(Raw, TimeProvider.System);

    public static async Task<ClusterClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var cluster = await TestCluster.GetAsync(cancellationToken);
        return new ClusterClient(cluster, await cluster.CreateNamespaceAsync("kube", cancellationToken));
    }

    /// <summary>A list-watch of the releases in the test's namespace only: the server is shared.</summary>
    /// <param name="client">Default <see cref="Raw"/>.</param>
    public IListWatch<HelmRelease> Releases(RawKubernetes? client = null) => new CustomResourceListWatch<HelmRelease>(
        client ?? Raw,
        new ListWatchTarget(ApiResource.HelmReleases, Namespace),
        ResourceJson.Default.HelmRelease,
        release => release,
        TimeProvider.System,
        NullLogger<CustomResourceListWatch<HelmRelease>>.Instance);

    /// <summary>
    /// What <see cref="IListWatch{T}.WatchAsync"/> yields, over as many watches as it takes: a server may close one at any time, and that
    /// is no end. It ends after an error.
    /// </summary>
    public async IAsyncEnumerable<WatchEvent<HelmRelease>> FollowAsync(
        WatchOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            await foreach (var change in Releases().WatchAsync(options, cancellationToken))
            {
                yield return change;
                if (change.Error is not null)
                    yield break;
                // The version of an event before the end of a streaming list is none to go on from.
                if (!options.SendInitialEvents || change.InitialEventsEnd)
                {
                    options = options with
                    {
                        ResourceVersion = change.ResourceVersion ?? options.ResourceVersion,
                        SendInitialEvents = false,
                    };
                }
            }
        }
    }

    /// <summary>Whether the server streams lists. Servers before 1.27 do not, and some later ones only when told to.</summary>
    public async Task<bool> StreamsListsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var options = new WatchOptions("", TimeSpan.FromMinutes(5), SendInitialEvents: true);
            return await FollowAsync(options, cancellationToken).AnyAsync(e => e.InitialEventsEnd, cancellationToken);
        }
        catch (ApiStatusException e) when (e.Status.Code == 422 && !Cluster.HasCrdServer)
        {
            return false;
        }
    }

    public async Task<HelmRelease?> FindReleaseAsync(string name, CancellationToken cancellationToken) =>
        (await Releases().ListAsync(new ListOptions(""), cancellationToken)).Items.SingleOrDefault(r => r.Metadata.Name == name);

    public async Task<HelmRelease> CreateReleaseAsync(string name, CancellationToken cancellationToken, string ownerUid = Samples.OwnerUid)
    {
        var result = await NewApplier().ApplyAsync(Samples.Desired(Namespace, name, ownerUid), uid: null, cancellationToken);
        Assert.That(result.Failure, Is.Null);
        return result.Object!;
    }

    public async Task<PREphemeralEnvController> CreateResourceAsync(CancellationToken cancellationToken)
    {
        await Cluster.ApplyAsync(
            $$"""
            apiVersion: prcontroller.controllers.ephemeralenv.io/v1alpha1
            kind: PREphemeralEnvController
            metadata: {name: owner, namespace: {{Namespace}}}
            spec:
              interval: 60s
              githubPRRepository: {user: octocat, repo: hello-world}
              envCreationHelmRepo: {fluxSourceRepoName: source, helmChartPath: ./chart}
            """,
            cancellationToken);
        return (await FindResourceAsync(cancellationToken))!;
    }

    public async Task<PREphemeralEnvController?> FindResourceAsync(CancellationToken cancellationToken) =>
        (await ListWatches.Resources(Namespace).ListAsync(new ListOptions(""), cancellationToken)).Items.SingleOrDefault();

    public void Dispose() => Raw.Dispose();
}
