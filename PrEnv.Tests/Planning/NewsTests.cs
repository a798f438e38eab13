using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning;

/// <summary>What the rows of the rules do not show: news about the whole resource, and results that are judged by the answer.</summary>
[TestFixture]
internal sealed class NewsTests
{
    private static readonly World Moving = World.Plain.Commandable().Open(22).Release(22, change: r => r.In("previews"));

    [Test]
    public void Events_RepositoryHasMoved_SayWhereTo() =>
        Assert.That(Events(l => l with { MovedTo = "octo/new" }), Is.EqualTo([Reasons.RepositoryMoved]));

    [Test]
    public void Events_PollingIsSlowedDown_SayUntilWhen()
    {
        var slow = new PollSlowdown(10, 5000, World.Noon + TimeSpan.FromHours(1), World.Noon + TimeSpan.FromMinutes(5));

        Assert.That(Events(l => l with { Slowdown = slow }), Is.EqualTo([Reasons.RateLimited]));
    }

    [TestCase(CommandVerb.Rebuild)]
    [TestCase(CommandVerb.Sleep)]
    [TestCase(CommandVerb.Wake)]
    [TestCase(CommandVerb.Keep)]
    public void Answers_WhileTheEnvironmentMoves_AreLeftForLater(CommandVerb verb)
    {
        Assert.That(Moving.Commanded(22, verb).Plan().Answers, Is.Empty);
        Assert.That(Moving.Commanded(22, CommandVerb.Delete).Plan().Answers, Has.Length.EqualTo(1));
    }

    [Test]
    public void OfNamespace_AnswerWithoutOurLabels_IsAFailure()
    {
        var create = World.Plain.Namespaced().Open(22).Plan().Actions.OfType<PlannedAction.CreateNamespace>().Single();
        var desired = create.Desired;
        var made = new ClusterNamespace { Metadata = new ObjectMeta { Name = desired.Name, Uid = "uid", Labels = desired.Labels } };
        var stripped = made with { Metadata = made.Metadata with { Labels = null } };

        Assert.That(ActionResults.OfNamespace(create, stripped, null).Failure?.Reason, Is.EqualTo(Reasons.FieldOverridden));
    }

    [Test]
    public void OfResource_EffectsThatWereNotKept_AreTold()
    {
        var snapshot = World.Plain.Commandable().Open(22).Release(22).Commanded(22, CommandVerb.Delete).Snapshot();
        var plan = EnvironmentReconciler.Reconcile(snapshot);

        Assert.That(plan.CommandEffects, Is.Not.Null);
        Assert.That(
            OverrideNews.OfResource(snapshot, plan).Single().Note, Does.Contain(PREphemeralEnvController.CommandEffectsAnnotation));
    }

    [Test]
    public void OfResource_NamespacesThatWereNotNoted_AreTold()
    {
        var snapshot = World.Plain.Namespaced().Open(22).Snapshot();
        var plan = EnvironmentReconciler.Reconcile(snapshot);

        Assert.That(plan.NotesNamespaces, Is.True);
        Assert.That(OverrideNews.OfResource(snapshot, plan).Single().Note, Does.Contain(PREphemeralEnvController.NamespacesAnnotation));
    }

    [Test]
    public void Rows_NotSelectedAndDeletedByACommand_NameTheSelection()
    {
        var world = World.Plain.Commandable().Selecting(s => s with { Labels = ["preview"] }).Labelled(22, "bug")
            .Ordered(effects => effects with { Deleted = effects.Deleted.SetItem(22, World.A) });

        Assert.That(world.Plan().Environments.Single().Reason, Is.EqualTo("LabelMissing"));
    }

    private static ImmutableArray<string> Events(Func<PullRequestListing.Complete, PullRequestListing.Complete> change)
    {
        var snapshot = World.Plain.Open(22).Release(22).Snapshot();
        var changed = snapshot with { Listing = change((PullRequestListing.Complete)snapshot.Listing!) };
        return [.. EnvironmentReconciler.Reconcile(changed).Events.Select(e => e.Reason)];
    }
}
