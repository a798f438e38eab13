using Microsoft.Extensions.Time.Testing;
using Moq;
using PrEnv.Controller.Cluster;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning;
using PrEnv.Tests.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Cluster;

/// <summary>Whom a change of a HelmRelease wakes: its owner, unless this process made the change, and whoever may want its name.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ReleaseHandlerTests : IDisposable
{
    private static readonly ResourceKey Rival = new("default", "rival");

    private static readonly ResourceKey[] Both = [Some.Key, Rival];

    private readonly FakeTimeProvider _clock = new();
    private readonly Store<PREphemeralEnvController> _resources = new();
    private readonly OwnWrites _writes = new();
    private readonly RateLimitingQueue<ResourceKey> _queue;
    private readonly ReleaseHandler _handler;

    public ReleaseHandlerTests()
    {
        _queue = new RateLimitingQueue<ResourceKey>(
            new ItemExponentialFailureRateLimiter<ResourceKey>(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)), _clock);
        var cluster = new Mock<IClusterView>();
        cluster.Setup(c => c.IsOwnWrite(It.IsAny<HelmRelease>())).Returns<HelmRelease>(_writes.Recognises);
        cluster.Setup(c => c.Forget(It.IsAny<ResourceKey>())).Callback<ResourceKey>(_writes.Forget);
        _handler = new ReleaseHandler(_queue, _resources, cluster.Object);
        _resources.Upsert(Some.Resource());
        Add(Rival, "envs");
        Add(new ResourceKey("default", "elsewhere"), "other-envs");
    }

    public void Dispose() => _queue.Dispose();

    [TestCase(OwnerLabels.ReportedAnnotation)]
    [TestCase(OwnerLabels.DeploymentAnnotation)]
    [TestCase(OwnerLabels.CommentAnnotation)]
    public async Task Updated_NoteOfAReport_WakesNobody(string annotation)
    {
        _handler.OnUpdated(Release("1"), Release("2").Annotation(annotation, "{}"));

        Assert.That(await WokenAsync(), Is.Empty);
    }

    [Test]
    public async Task Updated_OwnWrite_WakesNobody_AndTheNextChangeDoes()
    {
        var applied = Release("2").Values("{}");
        _writes.Note(applied);
        _handler.OnUpdated(Release("1"), applied);
        Assert.That(await WokenAsync(), Is.Empty);

        _handler.OnUpdated(applied, Release("3").Values("""{"by":"hand"}""").NextGeneration());
        Assert.That(await WokenAsync(), Is.EqualTo((ResourceKey[])[Some.Key]));
    }

    [Test]
    public async Task Updated_SameVersionAgain_WakesTheOwner()
    {
        _writes.Note(Release("2"));
        _handler.OnUpdated(Release("1"), Release("2"));
        _handler.OnUpdated(Release("2"), Release("2"));

        Assert.That(await WokenAsync(), Is.EqualTo((ResourceKey[])[Some.Key]), "a resync looks at everything");
    }

    [TestCaseSource(nameof(Changes))]
    public async Task Updated_ByAnother_WakesTheOwner(Func<HelmRelease, HelmRelease> change)
    {
        // A write of ours that the watch has not shown yet hides nobody else's.
        _writes.Note(Release("9"));
        _handler.OnUpdated(Release("1"), change(Release("2")));

        Assert.That(await WokenAsync(), Is.EqualTo((ResourceKey[])[Some.Key]));
    }

    [Test]
    public async Task Updated_StepOfFlux_WakesTheOwnerASecondLater()
    {
        var progressing = new Condition { Type = "Ready", Status = "Unknown", Reason = "Progressing", ObservedGeneration = 1 };
        _handler.OnUpdated(Release("1"), Release("2") with { Status = new HelmReleaseStatus { Conditions = [progressing] } });

        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.That(await _queue.TakeAllAsync(), Is.Empty);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo((ResourceKey[])[Some.Key]));
    }

    [Test]
    public async Task Updated_VerdictAfterAStep_WakesTheOwnerAtOnce()
    {
        var progressing = new Condition { Type = "Ready", Status = "Unknown", Reason = "Progressing", ObservedGeneration = 1 };
        var step = Release("2") with { Status = new HelmReleaseStatus { Conditions = [progressing] } };
        _handler.OnUpdated(Release("1"), step);
        _handler.OnUpdated(step, Release("3").Ready());

        _clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.That(await _queue.TakeAllAsync(), Is.EqualTo((ResourceKey[])[Some.Key]));
    }

    [Test]
    public async Task Updated_OwnerChanged_WakesBothAndWhoWantsTheName()
    {
        var taken = Release("2").Label(OwnerLabels.Name, Rival.Name);
        _writes.Note(taken);
        _handler.OnUpdated(Release("1"), taken);

        Assert.That(await WokenAsync(), Is.EquivalentTo(Both));
    }

    [Test]
    public async Task Added_ByThisProcess_WakesOnlyWhoWantsTheName()
    {
        _writes.Note(Release("1"));
        _handler.OnAdded(Release("1"), isInInitialList: false);

        Assert.That(await WokenAsync(), Is.EqualTo((ResourceKey[])[Rival]));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Added_ByAnother_WakesOwnerAndWhoWantsTheName(bool isInInitialList)
    {
        _handler.OnAdded(Release("1"), isInInitialList);

        Assert.That(await WokenAsync(), Is.EquivalentTo(Both));
    }

    [Test]
    public async Task Deleted_WakesOwnerAndWhoWantsTheName_AndForgetsTheWrite()
    {
        _writes.Note(Release("1"));
        _handler.OnDeleted(new Tombstone<HelmRelease>(Release("1").Metadata.Key, Release("1"), IsFinalStateUnknown: false));

        Assert.That(await WokenAsync(), Is.EquivalentTo(Both));
        Assert.That(_writes.Recognises(Release("1")), Is.False);
    }

    private static IEnumerable<TestCaseData> Changes()
    {
        (string Name, Func<HelmRelease, HelmRelease> Change)[] changes =
        [
            ("spec", r => r.Values("{}").NextGeneration()),
            ("status", r => r.Ready()),
            ("status of a later generation", r => r with { Status = new HelmReleaseStatus { ObservedGeneration = 1 } }),
            ("another object of the name", r => r.Meta(m => m with { Uid = "another" })),
            ("deletion", r => r.Deleting()),
            ("head-sha", r => r.Annotation(OwnerLabels.HeadShaAnnotation, null)),
            ("a note and something else", r => r.Annotation(OwnerLabels.ReportedAnnotation, "{}").Annotation("a", "b")),
        ];
        return changes.Select(c => new TestCaseData(c.Change).SetArgDisplayNames(c.Name));
    }

    private static HelmRelease Release(string version) => Some.Release(1).Meta(m => m with { ResourceVersion = version });

    private void Add(ResourceKey key, string destination)
    {
        var some = Some.Resource();
        _resources.Upsert(some with
        {
            Metadata = some.Metadata with { Name = key.Name, Namespace = key.Namespace, Uid = "uid-" + key.Name },
            Spec = some.Spec with { EnvCreationHelmRepo = some.Spec.EnvCreationHelmRepo! with { DestinationNamespace = destination } },
        });
    }

    private Task<List<ResourceKey>> WokenAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        return _queue.TakeAllAsync();
    }
}
