using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning;

namespace PrEnv.Tests.Resources;

[TestFixture]
public sealed class CommandEffectsTests
{
    [Test]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var world = World.Plain.Ordered(o => o with
        {
            Deleted = o.Deleted.Add(22, World.A),
            Approved = o.Approved.Add(7, World.B),
            Expired = o.Expired.Add(9, "0123456789abcdef"),
            Asleep = o.Asleep.Add(10, "2026-03-01T12:00:00Z"),
            Kept = o.Kept.Add(11, "2026-03-02T12:00:00Z"),
        });

        var read = CommandEffects.Read(world.Resource);

        Assert.That(
            read,
            Is.EqualTo(
                CommandEffects.None with
                {
                    Deleted = read.Deleted.Clear().Add(22, World.A),
                    Approved = read.Approved.Clear().Add(7, World.B),
                    Expired = read.Expired.Clear().Add(9, "0123456789abcdef"),
                    Asleep = read.Asleep.Clear().Add(10, "2026-03-01T12:00:00Z"),
                    Kept = read.Kept.Clear().Add(11, "2026-03-02T12:00:00Z"),
                }));
        Assert.That((read.AsleepSince(10), read.KeptUntil(11)), Is.EqualTo((World.Noon, World.Noon.AddDays(1))));
        Assert.That(CommandEffects.None.ToJson(), Is.Null);
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("""{"deleted":7}""")]
    [TestCase("""{"deleted":{"x":"y","-1":"z","22":null,"23":"\ud800"},"approved":[],"expired":{"24":""},"asleep":{"25":"noon"},"kept":{"26":"12:00:00Z"}}""")]
    public void Read_OfSomebodyElse_SaysNothing(string text)
    {
        var world = World.Plain.Meta(
            m => m with
            {
                Annotations = new Dictionary<string,
                string>(StringComparer.Ordinal)
                { [PREphemeralEnvController.CommandEffectsAnnotation] = text },
            });

        Assert.That(CommandEffects.Read(world.Resource), Is.EqualTo(CommandEffects.None));
    }

    [Test]
    public void Plan_SwitchedOff_ForgetsOrders()
    {
        var world = World.Plain.Open(22).Ordered(o => o with { Deleted = o.Deleted.Add(22, World.A) });

        Assert.That(world.Commandable().Plan().Environments[0].Reason, Is.EqualTo("DeletedByCommand"));
        Assert.That(world.Plan().Environments[0].Phase, Is.EqualTo(EnvironmentPhase.Ready));
        Assert.That(world.Plan().CommandEffects, Is.EqualTo(CommandEffects.None));
    }

    [Test]
    public void Plan_WithAsManyExpiredAsTheAnnotationHolds_ExpiresNoMore()
    {
        var world = World.Plain.Expiring().Release(4001).Release(4002);
        for (var number = 1; number <= 4002; number++)
            world = world with { PullRequests = world.PullRequests.Add(World.PullRequest(number, World.A)) };
        world = world.Idle(4001, TimeSpan.FromHours(1)).Idle(4002, TimeSpan.FromHours(1)).Ordered(o => o with
        {
            Expired = o.Expired.AddRange(Enumerable.Range(1, 3999).Select(n => KeyValuePair.Create(n, world.Look(n)))),
        });

        var plan = world.Plan();

        Assert.That(plan.CommandEffects!.Expired, Has.Count.EqualTo(CommandEffects.MaxExpired).And.ContainKey(4001));
        Assert.That(plan.Environments.Single(e => e.PrNumber == 4002).Phase, Is.EqualTo(EnvironmentPhase.Ready));
        Assert.That(plan.CommandEffects.ToJson(), Has.Length.LessThan(150_000), "all annotations together may have 262,144 bytes");
    }

    [Test]
    public void Plan_WhileGitHubIsAway_KeepsOrders()
    {
        var world = World.Plain.Commandable().Ordered(o => o with { Deleted = o.Deleted.Add(22, World.A) })
            .Away(UnavailableReason.ServerError);

        Assert.That(world.Plan().CommandEffects, Is.Null);
    }

    [TestCase(null, -1, true)]
    [TestCase(null, 0, false, Description = "In the same second, nobody knows which came first.")]
    [TestCase(null, 1, false, Description = "It came to light only after the comment.")]
    [TestCase("aaaaaaa", 1, true)]
    [TestCase("bbbbbbb", 0, false)]
    public void Approve_OfAFork_MeansTheCommitThatWasSeen(string? sha, int seenAfter, bool obeyed)
    {
        var world = World.Plain.Commandable().Fork(22).Reviewed(22).Seen(22, World.Noon.AddSeconds(seenAfter))
            .Commanded(22, CommandVerb.Approve, sha);

        var plan = world.Plan();

        Assert.That(plan.Answers.Single().CarriedOut, Is.EqualTo(obeyed));
        Assert.That(plan.Actions.Any(), Is.EqualTo(obeyed));
    }

    [TestCase(CommandVerb.Wake)]
    [TestCase(CommandVerb.Keep)]
    [TestCase(CommandVerb.Sleep)]
    public void Command_OnAnEnvironmentThatDoesNotExist_IsRefused(CommandVerb verb)
    {
        var world = World.Fluxed.Sleeping().Open(22).Commandable().Commanded(22, verb, time: TimeSpan.FromHours(1));

        var plan = world.Plan();

        Assert.That(plan.Answers.Single().CarriedOut, Is.False);
        Assert.That(plan.CommandEffects, Is.Null);
    }
}
