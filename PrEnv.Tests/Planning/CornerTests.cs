using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;

namespace PrEnv.Tests.Planning;

/// <summary>Conditions that no row of the rules needs. Each was found by taking it out of the planner: nothing failed.</summary>
[TestFixture]
public sealed class CornerTests
{
    [Test]
    public void Claims_OfACommandOnAnOpenPullRequest_HaveIt()
    {
        var world = World.Plain.Open(22).Commandable().Commanded(22, CommandVerb.Rebuild).Commanded(23, CommandVerb.Rebuild);

        var plan = EnvironmentReconciler.Reconcile(world.Snapshot() with { NewCommands = world.Commands });

        Assert.That(plan.Claims.Select(c => c.PrNumber), Is.EqualTo([22]));
    }

    [Test]
    public void Conclude_FailedActionBesideAHeldDeletion_StaysTheDeletion()
    {
        var world = World.Plain.Open(2).Confirmed(1, PullRequestState.Open).Release(1);

        var status = Conclude(world, new ApiStatus(500, "InternalError", "oops")).Status;

        Assert.That(status.Conditions!.Single(c => c.Type == "Ready").Reason, Is.EqualTo(Reasons.DeletionHeld));
    }

    [Test]
    public void Conclude_OfASuspendedResource_KeepsTheRows()
    {
        var world = World.Plain.Spec(s => s with { Suspend = true }).Open(22).Release(22)
            .Row(22, "Ready", "Applied", release: "envs/relpr-22");

        Assert.That(Conclude(world).Rows.Select(r => (r.PrNumber, r.Phase)), Is.EqualTo([(22, "Ready")]));
    }

    [Test]
    public void Deployment_WhileGitHubDoesNotAnswer_IsNotTouched()
    {
        var world = World.Fluxed.Deploying().Open(22).Release(22, change: r => r.Ready().PostedReady());
        var away = world.Away(UnavailableReason.ServerError);

        Assert.That(world.Plan().Environments.Single().Deployment, Is.Not.Null);
        Assert.That(away.Plan().Environments.Single(), Has.Property("Phase").EqualTo("Ready").And.Property("Deployment").Null);
    }

    [Test]
    public void Status_OfASleepingEnvironmentUnderANewContext_IsToldThere()
    {
        var world = World.Fluxed.Sleeping().Open(22).Asleep(22)
            .Spec(s => s with { Report = new Report { CommitStatus = new CommitStatusReport { Context = "previews" } } });

        var decision = world.Plan().Environments.Single();

        Assert.That(decision.Phase, Is.EqualTo("Asleep"));
        Assert.That(decision.Report, Has.Property("Context").EqualTo("previews").And.Property("State").EqualTo(CommitState.Success));
    }

    [Test]
    public void Status_OfAnEnvironmentThatWasUnhealthyBeforeItSlept_StaysFailed()
    {
        var world = World.Fluxed.Sleeping().Open(22)
            .Asleep(22, change: r => r.Posted("failure", "Ephemeral environment for PR became unhealthy", generation: 1));

        var decision = world.Plan().Environments.Single();

        Assert.That((decision.Phase, decision.Status?.State), Is.EqualTo(("Asleep", CommitState.Failure)));
        Assert.That(decision.Report, Is.Null);
    }

    [Test]
    public void Row_SuspendedByHandButInstalled_WaitsForTheAnswer()
    {
        var decision = World.Probing.Open(22).Release(22, change: r => r.Suspended().Ready()).Probed(22, succeeded: false)
            .Plan().Environments.Single();

        Assert.That((decision.Phase, decision.Reason), Is.EqualTo(("Deploying", "Progressing")));
    }

    [Test]
    public void Events_RecordOfSleepOverriddenWhereNothingSleeps_TellOfNoWaking()
    {
        var noted = new OverriddenFields("w", [DesiredReleases.AsleepPath]).ToJson();
        var world = World.Fluxed.Open(22)
            .Release(22, change: r => r.Annotation(OwnerLabels.OverriddenAnnotation, noted).Set("interval", "9m").Ready().PostedReady());

        Assert.That(world.Plan().Environments.Single().Events, Is.Empty);
    }

    [Test]
    public void Url_OfAPullRequestWhoseBranchIsNotKnown_StaysAsItWas()
    {
        var world = World.Fluxed.Spec(s => s with { EnvUrlTemplate = "https://<<PR_BRANCH_SLUG>>.test/" })
            .Open(22, change: p => p with { HeadBranch = "" })
            .Release(22, change: r => r.Ready().PostedReady()).Row(22, "Ready", "EnvReady")
            .Status(s => s with { Environments = [s.Environments!.Single()! with { Url = "https://topic.test/" }] });

        Assert.That(world.Plan().Environments.Single().Url, Is.EqualTo("https://topic.test/"));
    }

    [Test]
    public void Namespace_GivenToTwoByHand_IsCreatedOnce()
    {
        var world = World.Plain.Namespaced().Open(22).Open(23, World.B).ReleaseIn(22).ReleaseIn(23, World.B, name: "pr-22");

        Assert.That(world.Plan().Actions.OfType<PlannedAction.CreateNamespace>().Select(a => a.PrNumber), Is.EqualTo([22]));
    }

    [Test]
    public void Excludes_NoPattern_NeedsNoText() =>
        Assert.That(PatternCheck.Excludes(TextPatterns.None, "excludeTitles", "", "title", RejectionOf), Is.Null);

    [Test]
    public void Changes_FieldThatIsNoLongerWishedFor_AreOfTheSpec()
    {
        var world = World.Fluxed.Open(22).Release(22, change: r => r.Annotation(OwnerLabels.FieldsAnnotation, "before"));
        var apply = world.Plan().Actions.OfType<PlannedAction.Apply>().Single();

        Assert.That(DesiredReleases.Changes(apply.Desired, world.Releases[0]).Select(c => c.Path), Does.Contain("spec"));
    }

    [TestCase(2, false)]
    [TestCase(1, true)]
    public void EarlierAttempt_UnlessFluxHasTakenUpThePresentGeneration_IsOne(int taken, bool expected)
    {
        var release = World.Fluxed.Own(22, World.A).NextGeneration() with
        {
            Status = new HelmReleaseStatus
            {
                LastAttemptedGeneration = 1,
                Conditions =
                [
                    new Condition { Type = "Reconciling", Status = "True", ObservedGeneration = taken },
                    new Condition { Type = "Ready", Status = "Unknown", ObservedGeneration = 1 },
                ],
            },
        };

        Assert.That(EarlierAttempt.Of(release), expected ? Is.Not.Null : Is.Null);
    }

    private static Rejection RejectionOf(string pattern) => throw new InvalidOperationException(pattern);

    private static Publication Conclude(World world, ApiStatus? failure = null)
    {
        var snapshot = world.Snapshot();
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        return Conclusion.Conclude(snapshot, plan, [.. plan.Actions.Select(a => new ActionResult(a, null, failure))], []);
    }
}
