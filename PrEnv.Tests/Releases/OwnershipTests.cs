using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Releases;

[TestFixture]
public sealed class OwnershipTests
{
    private static readonly HelmRelease Own = World.Plain.Own(22, World.A);

    private static readonly ChartReference Chart = SpecReader.Read(World.Plain.Resource, World.Plain.Settings).Spec!.Chart;

    [Test]
    public void PrNumberIfOwned_OfOurOwn_IsItsNumber() => Assert.That(Number(Own), Is.EqualTo(22));

    [TestCase(OwnerLabels.Name)]
    [TestCase(OwnerLabels.Namespace)]
    [TestCase(OwnerLabels.Uid)]
    [TestCase(OwnerLabels.PrNumber)]
    public void PrNumberIfOwned_WithoutOneOfTheLabels_IsNull(string label)
    {
        Assert.That(Number(Own.Label(label, null)), Is.Null);
        Assert.That(Number(Own.Label(label, "other")), Is.Null);
    }

    [TestCase(null)]
    [TestCase("flux")]
    public void PrNumberIfOwned_WithAnotherManager_IsItsNumber(string? manager) =>
        Assert.That(Number(Own.Label(OwnerLabels.ManagedBy, manager)), Is.EqualTo(22));

    [Test]
    public void PrNumberIfStray_WithAnotherUid_IsItsNumber()
    {
        Assert.That(Stray(Own.OfTheOneBefore()), Is.EqualTo(22));
        Assert.That(Stray(Own), Is.Null);
        Assert.That(Stray(Own.Label(OwnerLabels.Uid, null)), Is.Null);
        Assert.That(Stray(Own.Label(OwnerLabels.Uid, "")), Is.Null);
        Assert.That(Stray(Own.OfAnother()), Is.Null);
        Assert.That(Stray(Own.OfTheOneBefore().Label(OwnerLabels.PrNumber, "23")), Is.Null);
    }

    [Test]
    public void PrNumberIfOwned_OfACopyUnderAnotherName_IsNull()
    {
        Assert.That(Number(Own.Meta(m => m with { Name = "relpr-23" })), Is.Null);
        Assert.That(Number(Own.Meta(m => m with { Name = "copy" })), Is.Null);
    }

    [Test]
    public void PrNumberIfOwned_ByAResourceWithoutUid_IsNull()
    {
        var world = World.Plain.Meta(m => m with { Uid = "" });

        Assert.That(Ownership.PrNumberIfOwned(world.Own(22, World.A), world.Resource), Is.Null);
    }

    [Test]
    public void IsAdoptable_OfThePredecessors_IsTrueInAnyVersion()
    {
        Assert.That(Ownership.IsAdoptable(Own.OfPredecessor(), Chart), Is.True);
        Assert.That(Ownership.IsAdoptable(Own.OfPredecessor().Chart("version", null), Chart), Is.True);
        Assert.That(Ownership.IsAdoptable(Own.OfPredecessor().Label("team", "a"), Chart), Is.True);
    }

    [Test]
    public void IsAdoptable_OfOneThatIsGoing_IsFalse() =>
        Assert.That(Ownership.IsAdoptable(Own.OfPredecessor().Deleting(), Chart), Is.False);

    [Test]
    public void IsAdoptable_OfASourceInTheReleasesOwnNamespace_ComparesThat()
    {
        var release = Own.OfPredecessor().Chart("sourceRef.namespace", null);

        Assert.That(Ownership.IsAdoptable(release, Chart), Is.False);
        Assert.That(Ownership.IsAdoptable(release, Chart with { SourceNamespace = "envs" }), Is.True);
    }

    [Test]
    public void PullRequestsToConfirm_OfACompleteListing_AreOurOwnThatItLeavesOut()
    {
        var world = World.Plain.Open(1).Release(1).Release(3).Release(2).Release(2, change: r => r.In("old"))
            .Release(4, change: r => r.Deleting())
            .Release(5, change: r => r.OfAnother()).Release(6, change: r => r.OfPredecessor());

        Assert.That(EnvironmentReconciler.Questions(world.Snapshot()).Confirmations, Is.EqualTo([2, 3]));
        Assert.That(EnvironmentReconciler.Questions(world.Away(UnavailableReason.ServerError).Snapshot()).Confirmations, Is.Empty);
        Assert.That(EnvironmentReconciler.Questions((world with { WasAsked = false }).Snapshot()).Confirmations, Is.Empty);
    }

    private static int? Stray(HelmRelease release) => Ownership.PrNumberIfStray(release, World.Plain.Resource);

    private static int? Number(HelmRelease release) => Ownership.PrNumberIfOwned(release, World.Plain.Resource);
}
