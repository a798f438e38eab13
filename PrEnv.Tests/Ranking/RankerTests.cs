using System.Globalization;
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

    [Test]
    public void Rank_OfOneThatWaitsForItsNamespace_GivesItsUrlToTheNext()
    {
        var standings = Ranker.Rank(
        [
            new Candidate(1, "https://one.test", false) { Namespace = "pr" },
            new Candidate(5, null, false) { Namespace = "pr", HasNamespace = true },
            new Candidate(7, "https://one.test", false),
        ]);

        Assert.That(standings[1].OwnerOfNamespace, Is.EqualTo(5));
        Assert.That(standings[7], Is.EqualTo(Standing.Placed));
    }

    [Test]
    public void Rank_BeyondTheLimit_WaitsByNumberAndExistingOnesStay()
    {
        var standings = Ranker.Rank(
            [Wants(2), Holds(9, minute: 1), Holds(5, minute: 2), Wants(1), Wants(7), new Candidate(3, null, false)], limit: 3);

        Assert.That(Positions(standings), Is.EqualTo("1: -, 2: 1, 3: -, 5: -, 7: 2, 9: -"));
        Assert.That(standings[2].Place!.Value.Queue.Holders, Is.EqualTo((int[])[9, 5, 1]), "the oldest environment first");
        Assert.That(standings[2].Place!.Value.Queue.Waiting, Is.EqualTo(2));
    }

    [Test]
    public void Rank_LimitBelowWhatExists_EvictsNone()
    {
        var standings = Ranker.Rank([Holds(1, 1), Holds(2, 2), Holds(3, 3), Wants(4)], limit: 1);

        Assert.That(Positions(standings), Is.EqualTo("1: -, 2: -, 3: -, 4: 1"));
    }

    [Test]
    public void Rank_WithoutALimit_NobodyWaits() =>
        Assert.That(Positions(Ranker.Rank([Holds(1, 1), Wants(2), Wants(3)])), Is.EqualTo("1: -, 2: -, 3: -"));

    [Test]
    public void Rank_OneUrlForSeveral_BelongsToNoneThatWaits()
    {
        const string Url = "https://one.test";
        var holder = Holds(7, 1) with { HealthUrl = Url };

        var standings = Ranker.Rank([holder, Wants(3) with { HealthUrl = Url }], limit: 1);

        Assert.That(standings[7], Is.EqualTo(Standing.Placed));
        Assert.That(standings[3].Place!.Value.Position, Is.EqualTo(1));
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

    private static Candidate Wants(int number) => new(number, null, false, PlaceClaim.Wants);

    private static Candidate Holds(int number, int minute) =>
        new(number, null, false, PlaceClaim.Holds) { Since = World.Noon + TimeSpan.FromMinutes(minute) };

    private static string Positions(IReadOnlyDictionary<int, Standing> standings) =>
        string.Join(
            ", ",
            standings.OrderBy(s => s.Key)
                .Select(s => $"{s.Key}: {s.Value.Place?.Position.ToString(CultureInfo.InvariantCulture) ?? "-"}"));

    private static EnvironmentSpec Spec(World world) => SpecReader.Read(world.Resource, world.Settings).Spec!;
}
