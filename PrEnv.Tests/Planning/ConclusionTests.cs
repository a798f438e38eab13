using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning.Laws;

namespace PrEnv.Tests.Planning;

[TestFixture]
public sealed class ConclusionTests
{
    private static World Many(int count) =>
        Enumerable.Range(1, count).Aggregate(World.Plain, (w, n) => w.Open(n).Release(n, change: r => r.Ready().PostedSubmitted()));

    [Test]
    public void Conclude_OfSixHundredEnvironments_HasFiveHundredRowsAndExactCounts()
    {
        var publication = Conclude(Many(600));
        var status = publication.Status;

        Assert.That(publication.Rows.Select(e => e.PrNumber), Is.EqualTo(Enumerable.Range(1, 600)));
        Assert.That(status.Environments!.Select(e => e.PrNumber), Is.EqualTo(Enumerable.Range(1, 500)));
        Assert.That(
            status,
            Has.Property("OpenPullRequests").EqualTo(600).And.Property("EnvironmentsTotal").EqualTo(600).And.Property("EnvironmentsReady")
            .EqualTo(600));
    }

    [Test]
    public void Conclude_OfNewlyReadyEnvironments_SaysHowLongEachTook()
    {
        var world = World.Fluxed.Open(22).Release(22, change: r => r.Ready()).Open(23).Release(23) with
        {
            Now = World.Noon + TimeSpan.FromSeconds(90),
        };
        var created = world.Releases[0].Metadata.CreationTimestamp;

        var first = Conclude(world);
        var second = Conclude(world with { Resource = world.Resource with { Status = first.Status } });

        Assert.That(first.ReadyAfter, Is.EqualTo([world.Now - created]));
        Assert.That(second.ReadyAfter, Is.Empty);
    }

    [Test]
    public void Conclude_WhereNothingIsWaitedFor_SaysNoTime() => Assert.That(Conclude(Many(2)).ReadyAfter, Is.Empty);

    [Test]
    public void Conclude_BeyondTheRows_RepeatsNoEvents()
    {
        var world = World.Plain.Helm(h => h with { DestinationNamespace = "missing" });
        world = Enumerable.Range(1, 600).Aggregate(world, (w, n) => n % 2 == 0 ? w.Open(n) : w.Fork(n));
        static ApiStatus? NoNamespace(PlannedAction action) =>
            new ApiStatus(404, "NotFound", "namespaces \"missing\" not found", Kind: "namespaces");

        var first = Conclude(world, NoNamespace);
        var second = Conclude(world with { Resource = world.Resource with { Status = first.Status } }, NoNamespace);

        Assert.That(first.Events.Count(e => e.Reason == "UnableToCreateHelmRelease"), Is.EqualTo(1));
        Assert.That(second.Events, Is.Empty);
    }

    [Test]
    public void Conclude_BeyondTheRowsWithoutReports_RepeatsNoEvents()
    {
        var world = Enumerable.Range(1, 600).Aggregate(
            World.Fluxed.Silent(), (w, n) => w.Open(n).Release(n, change: r => n % 2 == 0 ? r.Ready() : r.Failed()));
        var first = Conclude(world);

        Assert.That(Conclude(world with { Resource = world.Resource with { Status = first.Status } }).Events, Is.Empty);
    }

    [Test]
    public void Conclude_OfAHundredFailuresWithOneCause_IsOneEvent()
    {
        var world = Enumerable.Range(1, 100).Aggregate(World.Plain, (w, n) => w.Open(n));

        var events = Conclude(world, _ => new ApiStatus(404, "NotFound", "namespaces \"envs\" not found", Kind: "namespaces")).Events;

        Assert.That(
            events.Select(e => e.Note),
            Is.EqualTo(["Unable to create the HelmReleases of 100 pull requests in envs: namespace envs does not exist; create it."]));
    }

    [Test]
    public void Conclude_OfTwoCauses_IsOneEventEach()
    {
        var world = Enumerable.Range(1, 4).Aggregate(World.Plain, (w, n) => w.Open(n));

        var events = Conclude(world, a => new ApiStatus(500, "", a.PrNumber % 2 == 0 ? "even" : "odd")).Events;

        Assert.That(events.Select(e => e.Note), Is.EqualTo([
            "Unable to create the HelmReleases of 2 pull requests in envs: odd",
            "Unable to create the HelmReleases of 2 pull requests in envs: even"]));
    }

    [Test]
    public void Conclude_OfANewPhaseOrCommit_BeginsNowAndElseKeepsItsTime()
    {
        var began = World.Noon - TimeSpan.FromMinutes(5);
        var world = World.Plain.Open(1).Open(2).Open(3, World.B)
            .Release(1, change: r => r.PostedSubmitted()).Release(2, change: r => r.Failed().PostedSubmitted()).Release(3)
            .Row(1, "Ready", "Applied").Row(2, "Ready", "Applied").Row(3, "Ready", "Applied");

        var rows = Conclude(world.Later(TimeSpan.FromMilliseconds(1_500))).Status.Environments!;

        Assert.That(
            rows.Select(r => r.Since), Is.EqualTo(new DateTimeOffset?[] { began, World.Noon.AddSeconds(1), World.Noon.AddSeconds(1) }));
    }

    [Test]
    public void Conclude_OfTheSameState_KeepsTheTransitionTime()
    {
        var world = Many(1);
        var first = Conclude(world).Status;
        var later = world.Later(TimeSpan.FromHours(1));

        var second = Conclude(later with { Resource = later.Resource with { Status = first } }).Status;
        var lost = Conclude(later.Away(UnavailableReason.ServerError) with { Resource = later.Resource with { Status = first } }).Status;

        Assert.That(second.Condition("Ready")!.LastTransitionTime, Is.EqualTo(World.Noon));
        Assert.That(lost.Condition("Ready")!.LastTransitionTime, Is.EqualTo(World.Noon.AddHours(1)));
        Assert.That(lost.Condition("Reconciling")!.LastTransitionTime, Is.EqualTo(World.Noon.AddHours(1)));
    }

    [Test]
    public void Conclude_OfEachPlan_SpeaksOfTheGenerationThatItIsOf()
    {
        var worlds = new[]
        {
            Many(1),
            Many(1).Spec(s => s with { Suspend = true }),
            Many(1).Spec(s => s with { Interval = "x" }),
            Many(1).Deleted(),
        };
        foreach (var world in worlds)
        {
            var status = Conclude(world.Meta(m => m with { Generation = 7 })).Status;
            Assert.That(status.ObservedGeneration, Is.EqualTo(7));
            Assert.That(status.Conditions!.Select(c => c.ObservedGeneration), Is.All.EqualTo(7));
        }
    }

    [Test]
    public void Conclude_OfARequestToReconcile_EchoesIt()
    {
        var world = World.Plain.Meta(
            m => m with
            {
                Annotations = new Dictionary<string,
                string>(StringComparer.Ordinal)
                { ["reconcile.fluxcd.io/requestedAt"] = "now" },
            });

        Assert.That(Conclude(world).Status.LastHandledReconcileAt, Is.EqualTo("now"));
        Assert.That(
            Conclude(World.Plain.Status(s => s with { LastHandledReconcileAt = "before" })).Status.LastHandledReconcileAt,
            Is.EqualTo("before"));
    }

    [Test]
    public void Conclude_OfARequestThatIsTooLong_StaysWithinTheSchema()
    {
        var world = World.Plain.Meta(m => m with
        {
            Annotations = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["reconcile.fluxcd.io/requestedAt"] = new string('x', 5000),
            },
        });

        Assert.That(Conclude(world).Status.LastHandledReconcileAt, Has.Length.LessThanOrEqualTo(1024));
    }

    [Test]
    public void Conclude_OfTheOrderOfTheResults_DoesNotDepend()
    {
        var snapshot = World.Plain.Open(1).Open(2).Open(3).Snapshot();
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        var results = plan.Actions.Select(a => new ActionResult(a, null, null)).ToList();

        var events = Conclusion.Conclude(snapshot, plan, results, []).Events;
        results.Reverse();

        Assert.That(Conclusion.Conclude(snapshot, plan, results, []).Events, Is.EqualTo(events));
    }

    [Test]
    public void Reportable_OfFailedActions_LeavesThemOut()
    {
        var plan = World.Plain.Open(1).Open(2).Plan();
        var results = plan.Actions.Select(a => new ActionResult(a, null, a.PrNumber == 1 ? new ApiStatus(500, "", "") : null)).ToList();

        Assert.That(Conclusion.Reportable(plan, results).Select(d => d.PrNumber), Is.EqualTo([2]));
    }

    [Test]
    public void Reportable_OfAnotherWithTheSameHead_CountsAsItWasTold()
    {
        var plan = World.Fluxed.Open(1).Open(2)
            .Release(1, change: r => r.Set("interval", "9m").Failed().PostedFailed()).Release(2, change: r => r.Ready()).Plan();
        var results = plan.Actions.Select(a => new ActionResult(a, null, new ApiStatus(500, "", ""))).ToList();

        var told = Conclusion.Reportable(plan, results).Single();

        Assert.That((results.Count, told.PrNumber, told.Report!.Shown?.State), Is.EqualTo((1, 2, CommitState.Failure)));
    }

    [Test]
    public void Starting_OfANewResource_SaysSo()
    {
        var status = Conclusion.Starting(World.Plain.Resource, World.Noon.AddMilliseconds(1));

        Assert.That(status.Message, Is.EqualTo("Starting"));
        Assert.That(
            status.Condition("Ready"), Has.Property("Status").EqualTo("Unknown").And.Property("LastTransitionTime").EqualTo(World.Noon));
        Assert.That(status.Condition("Reconciling"), Is.Not.Null);
    }

    [Test]
    public void Actions_OfAPlan_DeleteBeforeTheyApply()
    {
        var plan = World.Plain.Open(1).Release(2).Confirmed(2, PullRequestState.Closed).Plan();

        Assert.That(plan.Actions.Select(PlanText.Of), Is.EqualTo(["delete envs/relpr-2", "create envs/relpr-1"]));
    }

    [Test]
    public void NextLook_OfAPlan_IsTheEarliestOfItsEnvironments()
    {
        var plan = World.Probing.Open(1).Open(2).Open(3)
            .Release(1, change: r => r.Working()).Release(
                2, change: r => r.Working().Annotation(OwnerLabels.UpdatedAtAnnotation, "2026-03-01T11:40:00Z"))
            .Release(3, change: r => r.Ready().PostedReady(World.UrlOf(3, World.A))).Plan();

        Assert.That(plan.NextCheck, Is.EqualTo(World.Noon.AddMinutes(10)));
        Assert.That(World.Plain.Plan().NextCheck, Is.Null);
    }

    private static Publication Conclude(World world, Func<PlannedAction, ApiStatus?>? failure = null)
    {
        var snapshot = world.Snapshot();
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        Law.Bounds(snapshot);
        return Conclusion.Conclude(snapshot, plan, [.. plan.Actions.Select(a => new ActionResult(a, null, failure?.Invoke(a)))], []);
    }
}
