using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Tests.Planning.Laws;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning;

/// <summary>
/// The predecessor's failures that a plan can show, by their numbers in the list of its bugs. Each of these tests fails on the way in
/// which the predecessor behaved.
/// </summary>
[TestFixture]
public sealed class PredecessorTests
{
    private static readonly World Healthy = World.Plain.Spec(
        s => s with { EnvHealthCheckUrlTemplate = "https://pr-<<PR_NUMBER>>.test/healthz" });

    [Test]
    public void Predecessor07_ReleaseThatItDoesNotOwn_IsNeverDeleted()
    {
        var world = World.Plain
            .Release(0x7, change: r => r.Meta(m => m with { Name = "database", Uid = "1", Labels = null }).Values("{}"))
            .Release(8, change: r => r.Meta(m => m with { Uid = "2", Labels = null }).Values("""{"prNumber":"8"}"""))
            .Release(9, change: r => r.OfAnother())
            .Release(10, change: r => r.OfPredecessor())
            .Confirmed(7, PullRequestState.Closed).Confirmed(8, PullRequestState.Closed).Confirmed(9, PullRequestState.Closed)
            .Confirmed(10, PullRequestState.Closed)
            .Confirmed(0, PullRequestState.Closed);

        Assert.That(world.Plan().Actions, Is.Empty);
        Assert.That(EnvironmentReconciler.Questions(world.Snapshot()).Confirmations, Is.Empty);
    }

    [Test]
    public void Predecessor08_ListingThatIsNotWhole_DeletesNothing()
    {
        // Thirty of a hundred: what GitHub's first page holds.
        var world = Enumerable.Range(1, 100).Aggregate(World.Plain, (w, n) => w.Release(n));
        world = Enumerable.Range(71, 30).Aggregate(world, (w, n) => w.Open(n));

        Assert.That(world.Plan().Actions.OfType<PlannedAction.Delete>(), Is.Empty);
        Assert.That(EnvironmentReconciler.Questions(world.Snapshot()).Confirmations, Is.EqualTo(Enumerable.Range(1, 70)));
    }

    [Test]
    public void Predecessor09_TwoResourcesInOneNamespace_DeleteNothingOfEachOther()
    {
        var other = World.Plain.Meta(m => m with { Name = "other", Uid = "uid-other" });
        var world = World.Plain.Open(1).Release(1).Has(other.Own(2, World.A)).Has(other.Own(3, World.A))
            .Confirmed(2, PullRequestState.Closed).Confirmed(3, PullRequestState.Closed);

        Assert.That(world.Plan().Actions, Is.Empty);
    }

    [Test]
    public void Predecessor10_DeletedResource_OrphansNoEnvironment()
    {
        var plan = World.Plain.Release(1).Release(2).Deleted().Plan();

        Assert.That(plan.Actions, Has.Exactly(2).InstanceOf<PlannedAction.Delete>());
        Assert.That(plan.Finalizer, Is.EqualTo(FinalizerChange.None));
        Assert.That(World.Plain.Meta(m => m with { Finalizers = null }).Plan().Finalizer, Is.EqualTo(FinalizerChange.Add));
    }

    [Test]
    public void Predecessor10_ChangedDestination_OrphansNoEnvironment() =>
        Assert.That(
            World.Plain.Open(1).Release(1, change: r => r.In("old")).Plan().Actions.Select(PlanText.Of),
            Is.EqualTo(["delete old/relpr-1"]));

    [Test]
    public void Predecessor11_ReleasesThatCannotBeRead_AreNotTakenForMissing()
    {
        foreach (var flux in new[] { FluxState.Syncing, FluxState.NotInstalled })
        {
            var plan = (World.Plain.Open(1) with { Flux = flux }).Plan();
            Assert.That(plan.Actions, Is.Empty);
            Assert.That(plan.Overall.Ready, Is.Not.EqualTo("True"));
        }
    }

    [TestCase(PullRequestState.Open)]
    [TestCase(PullRequestState.Unknown)]
    public void Predecessor12_EmptyListing_DeletesNothingOnItsOwn(PullRequestState state)
    {
        var plan = World.Plain.Release(1).Release(2).Confirmed(1, state).Confirmed(2, state).Plan();

        Assert.That(plan.Actions, Is.Empty);
        Assert.That(plan.Environments.Select(e => e.Phase), Is.All.EqualTo("Held"));
        Assert.That(plan.Overall.Reason, Is.EqualTo("DeletionHeld"));
    }

    [Test]
    public void Predecessor13_FluxThatDoesNotKnowTheApi_IsNotReady() =>
        Assert.That(
            (World.Plain with { Flux = FluxState.NotInstalled }).Plan().Overall,
            Has.Property("Reason").EqualTo("FluxNotInstalled").And.Property("Ready").EqualTo("False"));

    [Test]
    public void Predecessor14_ReconcileStrategySetByHand_IsLeftAlone()
    {
        // The slim model does not even hold it: what is not applied is not owned, and what is not owned is no drift.
        var desired = World.Plain.Own(1, World.A);
        var fields = System.Text.Json.JsonSerializer.Serialize(desired, ResourceJson.Default.HelmRelease);

        Assert.That(fields, Does.Not.Contain("reconcileStrategy"));
    }

    [Test]
    public void Predecessor15_ClosedPullRequest_GetsNoStatus()
    {
        var plan = World.Probing.Release(1, change: r => r.Ready()).Confirmed(1, PullRequestState.Closed).Plan();

        Assert.That(plan.Actions, Has.Exactly(1).InstanceOf<PlannedAction.Delete>());
        Assert.That(plan.Environments.Select(e => e.Report), Is.All.Null);
    }

    [Test]
    public void Predecessor16_NewPush_GetsAStatusOfItsOwn()
    {
        foreach (var world in new[] { World.Plain, World.Fluxed, World.Probing })
        {
            var report = world.Open(1, World.B).Release(1, change: r => r.Ready().PostedReady()).Plan().Environments.Single().Report;
            Assert.That(report?.Sha, Is.EqualTo(World.B));
        }
    }

    [Test]
    public void Predecessor17_OldRevisionThatStillAnswers_DoesNotMarkTheNewCommit()
    {
        var story = new Story();
        story.Add(Healthy);
        story.Open(1, World.A);
        story.Run(TimeSpan.FromMinutes(2));
        story.Flux.InstallTime = TimeSpan.FromMinutes(10);
        story.GitHub.Push(1, World.B);
        story.Run(TimeSpan.FromMinutes(9));

        Assert.That(
            story.GitHub.Posted.Where(s => s.Sha == World.B).Select(s => s.State), Is.EqualTo((CommitState[])[CommitState.Pending]),
            story.Log);
    }

    [Test]
    public void Predecessor18_ReadyEnvironment_IsNotToldAgainAtEachInterval()
    {
        var story = new Story();
        story.Add(Healthy);
        story.Open(1, World.A);
        story.Run(TimeSpan.FromHours(2));

        Assert.That(story.GitHub.Posted.Select(s => s.State), Is.EqualTo((CommitState[])[CommitState.Pending, CommitState.Success]));
    }

    [Test]
    public void Predecessor19_NeverReady_BecomesFailureAndALaterOutageToo()
    {
        var story = new Story();
        story.Add(Healthy);
        story.Open(1, World.A);
        story.Down.Add(1);
        story.Run(TimeSpan.FromMinutes(31));
        story.Down.Clear();
        story.Run(TimeSpan.FromMinutes(2));
        story.Down.Add(1);
        story.Run(TimeSpan.FromMinutes(5));

        Assert.That(
            story.GitHub.Posted.Select(s => s.State),
            Is.EqualTo((CommitState[])[CommitState.Pending, CommitState.Failure, CommitState.Success, CommitState.Failure]));
    }

    [Test]
    public void Predecessor20_StatusThatCouldNotBePosted_IsPostedLater()
    {
        var refused = World.Fluxed.Open(1).Release(1).Row(1, "Deploying", "Progressing");

        Assert.That(refused.Plan().Environments.Single().Report?.State, Is.EqualTo(CommitState.Pending));
    }

    [Test]
    public void Predecessor21_Status_HasAContextAndALink()
    {
        var report = World.Probing.Open(1).Plan().Environments.Single().Report!;

        Assert.That(report.Context, Is.EqualTo("ephemeral-env/demo"));
        Assert.That(report.TargetUrl, Is.EqualTo(World.UrlOf(1, World.A)));
    }

    [Test]
    public void Predecessor22_UpdateThatFails_IsNotCalledUpdated()
    {
        var text = PlanText.Of(
            World.Plain.Open(1, World.B).Release(1, change: r => r.PostedSubmitted()), _ => new(500, "", "etcd is away"), []);

        Assert.That(text, Does.Not.Contain("FluxHelmReleaseUpdated").And.Not.Contain("tell "));
        Assert.That(text, Does.Contain("Warning UnableToCreateHelmRelease: PR 1: Unable to update"));
    }

    [Test]
    public void Predecessor24_UnchangedWorld_GivesTheSameStatusByteForByte()
    {
        var settled = Aftermath.Of(
            Aftermath.Of(World.Probing.Open(1).Release(1, change: r => r.Ready()).Probed(1, succeeded: true).Snapshot()));
        var later = settled with { Now = settled.Now + TimeSpan.FromHours(3) };

        Assert.That(FakeController.Json(Aftermath.Of(later).Resource.Status!), Is.EqualTo(FakeController.Json(settled.Resource.Status!)));
    }

    [TestCase("{}")]
    [TestCase("""{"spec":null}""")]
    [TestCase("""{"spec":{"interval":"abc"}}""")]
    [TestCase("""{"spec":{"githubPRRepository":{"user":"octo"},"envCreationHelmRepo":{}}}""")]
    [TestCase("""{"spec":{"githubPRRepository":{"user":"octo","repo":"app","tokenSecretRef":{}},"envCreationHelmRepo":null}}""")]
    public void Predecessor26_HalfAResource_IsInvalidAndNotACrash(string json)
    {
        var resource = System.Text.Json.JsonSerializer.Deserialize(json, ResourceJson.Default.PREphemeralEnvController)!;
        var plan = EnvironmentReconciler.Reconcile(
            new Snapshot { Resource = resource, Spec = SpecReader.Read(resource, new ControllerSettings()), Now = World.Noon });

        Assert.That(plan.Overall, Has.Property("Stalled").True.And.Property("Reason").EqualTo("InvalidSpec"));
    }

    [Test]
    public void Predecessor29_DeletionInProgress_IsNeitherRepeatedNorAnnouncedAgain()
    {
        var text = PlanText.Of(
            World.Plain.Release(1, change: r => r.Deleting()).Row(1, "Deleting", "PullRequestClosed")
            .Status(s => s with { OpenPullRequests = 0 }));

        Assert.That(text, Does.Not.Contain("delete envs").And.Not.Contain("event "));
    }

    [Test]
    public void Predecessor29_OneDeletionThatFails_DoesNotStopTheOthers()
    {
        var world = World.Plain.Release(1).Release(2).Confirmed(1, PullRequestState.Closed).Confirmed(2, PullRequestState.Closed);

        Assert.That(world.Plan().Actions.OfType<PlannedAction.Delete>().Select(d => d.PrNumber), Is.EqualTo([1, 2]));
    }

    [Test]
    public void Predecessor30_QuietHour_HasNoEvents()
    {
        var story = new Story();
        var demo = story.Add(Healthy);
        foreach (var number in Enumerable.Range(1, 9))
            story.Open(number, World.A);
        story.Run(TimeSpan.FromMinutes(5));
        var before = demo.Events;
        story.Run(TimeSpan.FromHours(1));

        Assert.That(demo.Events, Is.EqualTo(before));
    }

    [Test]
    public void Predecessor32_HandEditedRelease_IsPutRightWithoutANewCommit() =>
        Assert.That(
            World.Plain.Open(1).Release(1, change: r => r.Chart("chart", "other")).Plan().Actions.Select(PlanText.Of),
            Is.EqualTo(["update envs/relpr-1 (spec.chart.spec.chart)"]));

    [Test]
    public void Predecessor36_Fork_GetsNothingByDefault() => Assert.That(World.Plain.Fork(1).Plan().Actions, Is.Empty);
}
