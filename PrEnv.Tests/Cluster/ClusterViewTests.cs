using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Tests.Kubernetes;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Cluster;

/// <summary>What the answer to a write says, before the watch does.</summary>
internal sealed class ClusterViewTests
{
    private static readonly PREphemeralEnvController Owner = Planning.World.Plain.Resource;

    [TestCase("a", true)]
    [TestCase("b", false)]
    [TestCase(null, false)]
    public void Resource_AnswerShowsALabel_IsOursWhileItIsSelected(string? shard, bool isOurs)
    {
        using var world = new World();
        world.Resources.Store.Upsert(Labelled("7", null));
        Assert.That(world.View.Resource(Some.Key), Is.Not.Null, "what the store has was selected, whatever it keeps of the labels");
        world.View.Remember(Labelled("8", shard));

        Assert.That(world.View.Resource(Some.Key)?.Metadata.ResourceVersion, Is.EqualTo(isOurs ? "8" : null));
    }

    // Forgotten, it would be created again, and its own creation taken for somebody else's.
    [Test]
    public void Release_WhileAWatchTakesMinutesToCatchUp_IsKnown()
    {
        using var world = new World();
        world.View.Remember(Planning.World.Plain.Own(22, Planning.World.A));
        world.Clock.Advance(TimeSpan.FromMinutes(5));

        var known = world.View.ReleasesFor(Some.Resource(), "envs");

        Assert.That(known.Select(r => r.Metadata.Name), Is.EqualTo((string[])["relpr-22"]));
    }

    [Test]
    public async Task Complete_ResourceHasComeFromAnotherShard_ReadsWhatWasLeftOut()
    {
        var release = Planning.World.Plain.Own(22, Planning.World.A);
        await using var server = await FakeApiServer.StartAsync((200, ListOf(release)));
        using var world = new World(server.Client());
        world.Releases.Store.Upsert(release.Outline());
        Assert.That(world.View.ReleasesFor(Owner, "envs"), Is.Empty, "nothing is decided on an outline");

        await world.View.CompleteAsync(Owner, CancellationToken.None);
        await world.View.CompleteAsync(Owner, CancellationToken.None);

        Assert.That(world.View.ReleasesFor(Owner, "envs").Select(r => r.Spec.PrSha), Is.EqualTo([Planning.World.A]));
        Assert.That(
            server.Requests.Select(r => r.Query["labelSelector"]),
            Is.EqualTo([$"{OwnerLabels.Namespace}={Owner.Metadata.Namespace},{OwnerLabels.Name}={Owner.Metadata.Name}"]));
    }

    [Test]
    public async Task Complete_ReleaseIsNewerThanTheWatchShows_IsKnown()
    {
        var release = Planning.World.Plain.Own(22, Planning.World.A);
        await using var server = await FakeApiServer.StartAsync((200, ListOf(Versioned(release, "8"))));
        using var world = new World(server.Client());
        world.Releases.Store.Upsert(Versioned(release, "7").Outline());

        await world.View.CompleteAsync(Owner, CancellationToken.None);

        Assert.That(world.View.ReleasesFor(Owner, "envs").Select(r => r.Metadata.ResourceVersion), Is.EqualTo(["8"]));
    }

    [Test]
    public async Task Complete_ReleaseIsGone_IsNotSeen()
    {
        await using var server = await FakeApiServer.StartAsync([.. Enumerable.Repeat((200, ListOf()), 3)]);
        using var world = new World(server.Client());
        world.Releases.Store.Upsert(Planning.World.Plain.Own(22, Planning.World.A).Outline());

        await world.View.CompleteAsync(Owner, CancellationToken.None);

        Assert.That(world.View.ReleasesFor(Owner, "envs"), Is.Empty);
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    public void Trim_ReleaseOfAResource_IsKeptWholeIfThatIsOurs(bool isOurs, bool isOutline)
    {
        using var world = new World();
        if (isOurs)
            world.Resources.Store.Upsert(Owner);

        var kept = new ShardTrimming(world.Resources.Store).Trim(Planning.World.Plain.Own(22, Planning.World.A));

        Assert.That((kept.IsOutline, kept.Spec.PrSha is null, kept.Status is null), Is.EqualTo((isOutline, isOutline, isOutline)));
        Assert.That(Ownership.OwnerOf(kept), Is.EqualTo(Owner.Metadata.Key), "whose it is can still be told");
    }

    private static string ListOf(params HelmRelease[] releases) =>
        $$"""
        {
          "apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmReleaseList", "metadata": { "resourceVersion": "9" },
          "items": [{{string.Join(',', releases.Select(r => JsonSerializer.Serialize(r, ResourceJson.Default.HelmRelease)))}}]
        }
        """;

    private static HelmRelease Versioned(HelmRelease release, string version) =>
        release with { Metadata = release.Metadata with { ResourceVersion = version } };

    private static PREphemeralEnvController Labelled(string version, string? shard)
    {
        var resource = Some.Resource();
        var labels = shard is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["shard"] = shard };
        return resource with { Metadata = resource.Metadata with { ResourceVersion = version, Labels = labels } };
    }

    private sealed class World : IDisposable
    {
        private readonly RawKubernetes _client;

        public World(RawKubernetes? client = null)
        {
            _client = client ?? new RawKubernetes(
                new k8s.KubernetesClientConfiguration { Host = "http://127.0.0.1:1" }, TimeProvider.System);
            var factory = new ListWatchFactory(_client, TimeProvider.System, NullLoggerFactory.Instance);
            Resources = new(factory.Resources(), new ReflectorOptions(), TimeProvider.System, new ListLogger());
            Releases = new(factory.Releases(), new ReflectorOptions(), TimeProvider.System, new ListLogger(), ClusterView.Indexes);
            View = new ClusterView(
                Resources, Releases, selector => [factory.Releases(labelSelector: selector)], Clock, LabelSelector.Parse("shard=a"));
        }

        public FakeTimeProvider Clock { get; } = new();

        public SharedInformer<PREphemeralEnvController> Resources { get; }

        public SharedInformer<HelmRelease> Releases { get; }

        public ClusterView View { get; }

        public void Dispose()
        {
            View.Dispose();
            _client.Dispose();
        }
    }
}
