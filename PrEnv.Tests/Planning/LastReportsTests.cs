using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning;

/// <summary>
/// The last words on environments that go with their resource, by a process that knows only what stands on the HelmReleases.
/// </summary>
internal sealed class LastReportsTests
{
    private static readonly World Telling = World.Plain.Deploying().Commenting();

    [Test]
    public void Reconcile_DeletedBeforeARestart_SaysTheLastWordsFromTheNotes()
    {
        var decision = Decide(Telling.Release(22, change: r => Noted(r, 1, World.A, "ready").Deleting()).Deleted());

        Assert.That(decision.Deployment, Is.EqualTo(new DeploymentReport(World.A, DeploymentState.Inactive, "The environment has been removed", null)));
        Assert.That(decision.Comment, Has.Property("MayCreate").False.And.Property("Body").Contains("being removed"));
    }

    [Test]
    public void Reconcile_DeletedAndTold_SaysNothingTwice()
    {
        var key = Decide(Telling.Release(22, change: r => Noted(r, 1, World.A, "ready")).Deleted()).Comment!.Key;

        var decision = Decide(Telling.Release(22, change: r => Noted(r, 1, World.A, key, DeploymentState.Inactive).Deleting()).Deleted());

        Assert.That((decision.Deployment, decision.Comment), Is.EqualTo(((DeploymentReport?)null, (CommentReport?)null)));
    }

    [Test]
    public void Reconcile_DeletedWithoutANote_SaysNothing()
    {
        var decision = Decide(Telling.Release(22).Deleted());

        Assert.That((decision.Deployment, decision.Comment), Is.EqualTo(((DeploymentReport?)null, (CommentReport?)null)));
    }

    [Test]
    public void Reconcile_TwoReleasesOfOnePullRequest_SaysItOfTheOneThatTheDecisionSpeaksOf()
    {
        var told = Decide(Telling.Release(22, change: r => Noted(r, 1, World.A, "ready")).Deleted()).Comment!.Key;
        // The one in the former destination comes first, has another commit, and was told already.
        var world = Telling
            .Release(22, World.B, r => Noted(r, 2, World.B, told, DeploymentState.Inactive).In("old"))
            .Release(22, change: r => Noted(r, 1, World.A, "ready"));

        var decision = Decide(world.Deleted());

        Assert.That(decision.Release, Is.EqualTo(new ResourceKey(World.Destination, "relpr-22")));
        Assert.That(decision.Deployment, Has.Property("Sha").EqualTo(World.A));
        Assert.That(decision.Comment, Has.Property("Key").EqualTo(told));
    }

    private static HelmRelease Noted(
        HelmRelease release, long id, string sha, string comment, DeploymentState state = DeploymentState.Success) => release
        .Annotation(
            OwnerLabels.DeploymentAnnotation, new ReportedDeployment(id, new DeploymentReport(sha, state, "d", null), null).ToJson())
        .Annotation(OwnerLabels.CommentAnnotation, new ReportedComment(id, comment).ToJson());

    private static EnvironmentDecision Decide(World world) => EnvironmentReconciler.Reconcile(world.Snapshot()).Environments.Single();
}
