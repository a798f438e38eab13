using PrEnv.Core.Environments;
using PrEnv.Core.Ranking;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Ranking;

/// <summary>Between the inputs and the rules stands what needs all pull requests at once.</summary>
internal sealed class RankerTests
{
    private static readonly World Mixed = World.Plain.Forks("Deny").Commandable()
        .Open(1).Open(2).Release(2).Fork(3).Fork(4).Release(4).Open(5).Release(6)
        .Ordered(effects => effects with { Deleted = effects.Deleted.SetItem(5, World.A) });

    [Test]
    public void Rank_OfCandidates_PlacesEach()
    {
        var candidates = Mixed.PullRequests.Select(p => new Candidate(p, null)).ToList();

        var standings = Ranker.Rank(Spec(Mixed), candidates);

        Assert.That(standings.Keys, Is.EquivalentTo((int[])[1, 2, 3, 4, 5]));
        Assert.That(standings.Values, Is.All.EqualTo(Standing.Placed));
    }

    [Test]
    public void Rank_OfNone_IsEmpty() => Assert.That(Ranker.Rank(Spec(Mixed), []), Is.Empty);

    // 3 and 4 are denied, 5 was deleted by command, 6 is not listed.
    [Test]
    public void Inputs_BeforeTheRules_HaveAStandingIfListedAndSelected()
    {
        var inputs = Inputs.Of(Mixed.Snapshot(), Spec(Mixed), CommandEffects.Read(Mixed.Resource), []).ToList();

        Assert.That(inputs.Select(i => i.PrNumber), Is.EqualTo((int[])[1, 2, 3, 4, 5, 6]));
        Assert.That(
            inputs.Select(i => i.Standing), Is.EqualTo((Standing?[])[Standing.Placed, Standing.Placed, null, null, null, null]));
    }

    [Test]
    public void Inputs_WithoutAListing_HaveNoStanding()
    {
        var away = Mixed.Away(Core.Model.UnavailableReason.ServerError);

        var inputs = Inputs.Of(away.Snapshot(), Spec(away), CommandEffects.None, []).ToList();

        Assert.That(inputs.Select(i => (i.PrNumber, i.Standing)), Is.EqualTo(new (int, Standing?)[] { (2, null), (4, null), (6, null) }));
    }

    private static EnvironmentSpec Spec(World world) => SpecReader.Read(world.Resource, world.Settings).Spec!;
}
