using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Cluster;

/// <summary>What the answer to a write says, before the watch does.</summary>
internal sealed class ClusterViewTests
{
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

    private static PREphemeralEnvController Labelled(string version, string? shard)
    {
        var resource = Some.Resource();
        var labels = shard is null ? null : new Dictionary<string, string>(StringComparer.Ordinal) { ["shard"] = shard };
        return resource with { Metadata = resource.Metadata with { ResourceVersion = version, Labels = labels } };
    }

    private sealed class World : IDisposable
    {
        private readonly RawKubernetes _client = new(
            new k8s.KubernetesClientConfiguration { Host = "http://127.0.0.1:1" }, TimeProvider.System);

        public World()
        {
            var factory = new ListWatchFactory(_client, TimeProvider.System, NullLoggerFactory.Instance);
            Resources = new(factory.Resources(), new ReflectorOptions(), TimeProvider.System, new ListLogger());
            var releases = new SharedInformer<HelmRelease>(
                factory.Releases(), new ReflectorOptions(), TimeProvider.System, new ListLogger(), ClusterView.Indexes);
            View = new ClusterView(Resources, releases, _ => [factory.Releases()], Clock, LabelSelector.Parse("shard=a"));
        }

        public FakeTimeProvider Clock { get; } = new();

        public SharedInformer<PREphemeralEnvController> Resources { get; }

        public ClusterView View { get; }

        public void Dispose()
        {
            View.Dispose();
            _client.Dispose();
        }
    }
}
