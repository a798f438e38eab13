using Microsoft.Extensions.Time.Testing;
using Moq;
using PrEnv.Controller.Cluster;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;
using PrEnv.Core.Resources;
using PrEnv.Tests.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Cluster;

/// <summary>What happens now is looked at before what is merely there.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class EventPriorityTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly RateLimitingQueue<ResourceKey> _queue;
    private readonly ResourceHandler _resources;
    private readonly ReleaseHandler _releases;
    private readonly Mock<IClusterView> _cluster = new();

    public EventPriorityTests()
    {
        _queue = new RateLimitingQueue<ResourceKey>(
            new ItemExponentialFailureRateLimiter<ResourceKey>(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), _clock);
        _resources = new ResourceHandler(_queue);
        _releases = new ReleaseHandler(_queue, new Store<PREphemeralEnvController>(), _cluster.Object);
    }

    public void Dispose() => _queue.Dispose();

    [TestCase(true, KeyPriority.Low)]
    [TestCase(false, KeyPriority.Normal)]
    public async Task Added_Resource_IsUrgentWhenItIsNew(bool isInInitialList, int priority)
    {
        _resources.OnAdded(Some.Resource(), isInInitialList);

        Assert.That(await _queue.TakeWithPriorityAsync(), Is.EqualTo((Some.Key, priority)));
    }

    [TestCase("7", KeyPriority.Low)]
    [TestCase("8", KeyPriority.Normal)]
    public async Task Updated_Resource_IsUrgentWhenItIsAnotherVersion(string version, int priority)
    {
        var old = Some.Resource();
        _resources.OnUpdated(
            old, old with { Metadata = old.Metadata with { ResourceVersion = version, Generation = version == "8" ? 2 : 1 } });

        Assert.That(await _queue.TakeWithPriorityAsync(), Is.EqualTo((Some.Key, priority)));
    }

    [Test]
    public void Updated_ResourcesStatusOnly_IsNoNews()
    {
        var old = Some.Resource(requestedAt: "1");
        _resources.OnUpdated(
            old, Some.Resource(requestedAt: "1") with
            {
                Metadata = old.Metadata with { ResourceVersion = "8" },
                Status = new() { Message = "Ready" },
            });

        Assert.That(_queue.Count, Is.Zero);
    }

    [TestCaseSource(nameof(Changes))]
    public async Task Updated_ResourcesMetadata_IsUrgent(Func<ObjectMeta, ObjectMeta> change)
    {
        var old = Some.Resource(requestedAt: "1");
        _resources.OnUpdated(old, old with { Metadata = change(old.Metadata) with { ResourceVersion = "8" } });

        Assert.That(await _queue.TakeWithPriorityAsync(), Is.EqualTo((Some.Key, KeyPriority.Normal)));
    }

    private static IEnumerable<TestCaseData> Changes()
    {
        (string Name, Func<ObjectMeta, ObjectMeta> Change)[] changes =
        [
            ("generation", m => m with { Generation = 2 }),
            ("uid", m => m with { Uid = "another" }),
            ("deletion", m => m with { DeletionTimestamp = Some.Now }),
            ("finalizers", m => m with { Finalizers = null }),
            ("labels", m => m with { Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "b" } }),
            ("annotation", m => m with { Annotations = Some.Resource(requestedAt: "2").Metadata.Annotations }),
            ("no annotations", m => m with { Annotations = null }),
        ];
        return changes.Select(c => new TestCaseData(c.Change).SetArgDisplayNames(c.Name));
    }

    [Test]
    public async Task Deleted_Resource_IsUrgent()
    {
        _resources.OnDeleted(new Tombstone<PREphemeralEnvController>(Some.Key, Some.Resource(), IsFinalStateUnknown: false));

        Assert.That(await _queue.TakeWithPriorityAsync(), Is.EqualTo((Some.Key, KeyPriority.Normal)));
    }

    [TestCase(true, KeyPriority.Low)]
    [TestCase(false, KeyPriority.Normal)]
    public async Task Added_Release_IsUrgentWhenItIsNew(bool isInInitialList, int priority)
    {
        _releases.OnAdded(Some.Release(1), isInInitialList);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await _queue.TakeWithPriorityAsync(), Is.EqualTo((Some.Key, priority)));
    }

    [TestCase("1", KeyPriority.Low)]
    [TestCase("2", KeyPriority.Normal)]
    public async Task Updated_Release_IsUrgentWhenItIsAnotherVersion(string version, int priority)
    {
        var old = Some.Release(1);
        _releases.OnUpdated(
            old, old with { Metadata = old.Metadata with { ResourceVersion = version, Generation = version == "2" ? 2 : 1 } });
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await _queue.TakeWithPriorityAsync(), Is.EqualTo((Some.Key, priority)));
    }

    [Test]
    public async Task SpecEdit_DuringTheInitialList_OvertakesIt()
    {
        for (var i = 0; i < 100; i++)
            _queue.Add(new ResourceKey("default", $"listed-{i}"), KeyPriority.Low);
        var old = Some.Resource();
        _resources.OnUpdated(old, old with { Metadata = old.Metadata with { ResourceVersion = "8", Generation = 2 } });

        Assert.That(await _queue.TakeAsync(), Is.EqualTo(Some.Key));
    }
}
