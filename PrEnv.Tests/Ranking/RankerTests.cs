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
        var standings = Ranker.Rank(
            [new Candidate(1, null, false), new Candidate(2, null, false), new Candidate(3, "https://3.test", false)]);

        Assert.That(standings.Keys, Is.EquivalentTo((int[])[1, 2, 3]));
        Assert.That(standings.Values, Is.All.EqualTo(Standing.Placed));
    }

    [Test]
    public void Rank_OfNone_IsEmpty() => Assert.That(Ranker.Rank([]), Is.Empty);

    [Test]
    public void Rank_OneUrlForSeveral_GivesItToTheLowestNumber()
    {
        var owner = new Candidate(3, "https://one.test", IsLeaving: false);

        var standings = Ranker.Rank(
        [
            new Candidate(7, "https://one.test", false), owner, new Candidate(5, "https://one.test", false), new Candidate(4, null, false),
        ]);

        Assert.That(
            standings.OrderBy(s => s.Key).Select(s => s.Value),
            Is.EqualTo((Standing[])[Standing.Placed, Standing.Placed, new Standing(owner), new Standing(owner)]));
    }

    // 3 and 4 are denied, 5 was deleted by command, 6 is not listed: 4 and 6 still have a release.
    [Test]
    public void Inputs_BeforeTheRules_HaveAStandingIfTheyMayAnswer()
    {
        var inputs = Inputs.Of(Mixed.Snapshot(), Spec(Mixed), CommandEffects.Read(Mixed.Resource), []).ToList();

        Assert.That(inputs.Select(i => i.PrNumber), Is.EqualTo((int[])[1, 2, 3, 4, 5, 6]));
        Assert.That(
            inputs.Select(i => i.Standing),
            Is.EqualTo((Standing?[])[Standing.Placed, Standing.Placed, null, Standing.Placed, null, Standing.Placed]));
    }

    [Test]
    public void Inputs_WithoutAListing_HaveAStandingIfTheyHaveARelease()
    {
        var away = Mixed.Away(Core.Model.UnavailableReason.ServerError);

        var inputs = Inputs.Of(away.Snapshot(), Spec(away), CommandEffects.None, []).ToList();

        Assert.That(inputs.Select(i => (i.PrNumber, i.Standing)), Is.EqualTo(
            new (int, Standing?)[] { (2, Standing.Placed), (4, Standing.Placed), (6, Standing.Placed) }));
    }

    private static EnvironmentSpec Spec(World world) => SpecReader.Read(world.Resource, world.Settings).Spec!;
}
