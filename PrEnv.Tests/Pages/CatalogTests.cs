using Moq;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Pages;
using PrEnv.Core.Informers;
using PrEnv.Core.LeaderElection;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Pages;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CatalogTests
{
    private readonly Store<PREphemeralEnvController> _resources = new();
    private readonly Store<HelmRelease> _releases = new(ClusterView.Indexes);
    private readonly LatestReconciles _latest = new();

    private readonly PageChanges _changes = new();

    private Catalog Catalog => new(_resources, _releases, _latest, _changes, Mock.Of<IWriteFence>(), new Uri("https://api.github.com/"));

    [Test]
    public void Overview_OfRowsAndTheRest_HasEachOnce()
    {
        var resource = Resource(PageWorld.Row(1), PageWorld.Row(2));
        _releases.Upsert(Some.Release(2));
        _latest.Remember(
            resource.Metadata.Key, Snapshot(resource), Plan(), PageWorld.WithRest(resource, PageWorld.Row(3)));

        var overview = Catalog.Overview();
        Assert.That(overview.Environments.Select(e => e.Number), Is.EqualTo([3, 2, 1]));
        Assert.That(overview.Environments[0].Since, Is.Null, "a time that is as old as the last plan");
    }

    [TestCase(null, EnvironmentPhase.Deploying)]
    [TestCase("True", EnvironmentPhase.Ready)]
    public void Overview_OfAReleaseWithoutARow_SaysWhatFluxSays(string? ready, string phase)
    {
        Resource();
        var conditions = ready is null ? null : (Condition[])[new Condition { Type = "Ready", Status = ready, ObservedGeneration = 1 }];
        _releases.Upsert(Some.Release(7) with { Status = new HelmReleaseStatus { ObservedGeneration = 1, Conditions = conditions } });

        var entry = Catalog.Overview().Environments.Single();

        Assert.That((entry.Number, entry.Phase, entry.Commit, entry.Branch), Is.EqualTo((7, phase, Some.Sha, "topic")));
    }

    // Its Flux is ready all the same.
    [Test]
    public void Overview_OfAReleaseThatSleepsWithoutARow_SaysSo()
    {
        Resource();
        var ready = new Condition { Type = "Ready", Status = "True", ObservedGeneration = 1 };
        var release = Some.Release(7);
        var annotations = new Dictionary<string, string>(release.Metadata.Annotations!, StringComparer.Ordinal)
        {
            [OwnerLabels.AsleepAnnotation] = Timestamp.Format(Some.Now),
        };
        _releases.Upsert(release with
        {
            Metadata = release.Metadata with { Annotations = annotations },
            Status = new HelmReleaseStatus { ObservedGeneration = 1, Conditions = [ready] },
        });

        Assert.That(Catalog.Overview().Environments.Single().Phase, Is.EqualTo(EnvironmentPhase.Asleep));
        Assert.That(Catalog.Phase(Some.Key, 7), Is.EqualTo(EnvironmentPhase.Asleep));
    }

    [Test]
    public void Overview_WhileNothingChanges_IsMadeOnce()
    {
        Resource(PageWorld.Row(1));
        var catalog = Catalog;
        var before = catalog.Overview();
        Assert.That(catalog.Overview(), Is.SameAs(before));

        Resource(PageWorld.Row(1), PageWorld.Row(2));
        _changes.Note();

        Assert.That(catalog.Overview().Environments.Select(e => e.Number), Is.EqualTo([2, 1]));
    }

    [Test]
    public void Overview_OfAReleaseThatIsBeingDeleted_SaysSo()
    {
        Resource();
        var release = Some.Release(7);
        _releases.Upsert(release with { Metadata = release.Metadata with { DeletionTimestamp = Some.Now } });

        Assert.That(Catalog.Overview().Environments.Single().Phase, Is.EqualTo(EnvironmentPhase.Deleting));
    }

    [Test]
    public void Overview_OfAnothersRelease_LeavesItOut()
    {
        Resource();
        var release = Some.Release(7);
        var labels = new Dictionary<string, string>(release.Metadata.Labels!, StringComparer.Ordinal) { [OwnerLabels.Name] = "other" };
        _releases.Upsert(release with { Metadata = release.Metadata with { Labels = labels } });

        Assert.That(Catalog.Overview().Environments, Is.Empty);
    }

    // A server without the schema keeps what it is given.
    [Test]
    public void Overview_OfNullsInTheStatus_ShowsTheRest()
    {
        var some = Some.Resource();
        _resources.Upsert(some with
        {
            Status = some.Status! with { Environments = [null!, new EnvironmentStatus { PrNumber = 4 }, PageWorld.Row(4)] },
        });

        Assert.That(Catalog.Overview().Environments.Select(e => (e.Number, e.Phase)), Is.EqualTo([(4, "Unknown")]));
    }

    [Test]
    public void Overview_AfterAReconcileThatKeptTheRows_KeepsTheRest()
    {
        var resource = Resource();
        _latest.Remember(resource.Metadata.Key, Snapshot(resource), Plan(), PageWorld.WithRest(resource, PageWorld.Row(3)));

        _latest.Remember(
            resource.Metadata.Key, Snapshot(resource), Plan() with { KeepsEnvironments = true }, new Publication(resource.Status!, []));

        Assert.That(Catalog.Overview().Environments.Select(e => e.Number), Is.EqualTo([3]));
    }

    [Test]
    public void Details_OnTheInstanceThatReconciles_SayWhy()
    {
        var resource = Resource(PageWorld.Row(4));
        Assert.That(Catalog.Details(resource.Metadata.Key, 4)!.Why, Is.Null);

        var snapshot = Snapshot(resource) with { Listing = Some.Listing(4) };
        _latest.Remember(
            resource.Metadata.Key, snapshot, Core.Planning.EnvironmentReconciler.Reconcile(snapshot),
            new Publication(resource.Status!, []));

        var why = Catalog.Details(resource.Metadata.Key, 4)!.Why!;
        Assert.That((why.PrNumber, why.PullRequest!.Branch), Is.EqualTo((4, "topic")));
        Assert.That(why.Selection, Is.Not.Empty);
    }

    [Test]
    public void Remember_OfOtherPullRequests_IsAChange()
    {
        var resource = Resource();
        var changes = 0;
        _latest.Changed = () => changes++;
        Remember("Before");
        Remember("Before");
        Remember("After");

        Assert.That(changes, Is.EqualTo(2));

        void Remember(string title) => _latest.Remember(
            resource.Metadata.Key,
            Snapshot(resource) with
            {
                Remembered = new Dictionary<int, Core.Model.PullRequest> { [1] = Some.PullRequest(1) with { Title = title } },
            },
            Plan(), new Publication(resource.Status!, []));
    }

    [Test]
    public void Overview_OfAResourceThatWasMadeAgain_DoesNotKnowTheOneBefore()
    {
        var resource = Resource();
        _latest.Remember(
            resource.Metadata.Key, Snapshot(resource), Plan(), PageWorld.WithRest(resource, PageWorld.Row(3)));

        _resources.Upsert(resource with { Metadata = resource.Metadata with { Uid = "another" } });

        Assert.That(Catalog.Overview().Environments, Is.Empty);
    }

    private static Snapshot Snapshot(PREphemeralEnvController resource) =>
        new() { Resource = resource, Spec = Some.Reading(resource), Now = Some.Now };

    private static Plan Plan() => new() { Overall = OverallVerdict.Well("All is well.") };

    private PREphemeralEnvController Resource(params EnvironmentStatus[] rows)
    {
        var some = Some.Resource();
        var resource = some with { Status = some.Status! with { Environments = rows } };
        _resources.Upsert(resource);
        return resource;
    }
}
