using PrEnv.Core.Objects;
using static PrEnv.Tests.Probing.ProbeTargets;

namespace PrEnv.Tests.Probing;

/// <summary>What becomes of targets that are repeated, changed, taken away or taken over.</summary>
internal sealed class ProbeSchedulerWishesTests
{
    private static readonly ResourceKey Other = new("default", "other");

    [Test]
    public async Task Replace_SameWishAgain_ChangesNothing()
    {
        await using var fixture = new ProbeSchedulerFixture();
        fixture.Wish(Target());
        var delay = await fixture.AnswerAsync(isSuccess: true);

        fixture.Wish(Target() with { Deadline = Deadline.AddHours(1) });
        fixture.Clock.Advance(delay - TimeSpan.FromTicks(1));
        var before = fixture.Prober.Waiting;
        fixture.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await fixture.Prober.NextAsync();

        Assert.Multiple(() =>
        {
            Assert.That(before, Is.Zero);
            Assert.That(fixture.Observe(Target())?.Succeeded, Is.True);
        });
    }

    [Test]
    public async Task Replace_OtherQuestionForTheSameRevision_IsAskedAtOnceAndKeepsWhatWasSeen()
    {
        await using var fixture = new ProbeSchedulerFixture();
        fixture.Wish(Target());
        await fixture.AnswerAsync(isSuccess: true);

        fixture.Wish(Target(codes: [200, 204]));
        var asked = await fixture.Prober.NextAsync();

        Assert.Multiple(() =>
        {
            Assert.That(asked.Target.ExpectedStatusCodes, Is.EqualTo([200, 204]));
            Assert.That(fixture.Observe(Target())?.Succeeded, Is.True);
        });
    }

    [Test]
    public async Task Replace_OtherRevision_StartsAfreshAtOnce()
    {
        await using var fixture = new ProbeSchedulerFixture();
        fixture.Wish(Target(sha: "a"));
        await fixture.AnswerAsync(isSuccess: true);

        fixture.Wish(Target(sha: "b"));
        var asked = await fixture.Prober.NextAsync();

        Assert.Multiple(() =>
        {
            Assert.That(asked.Target.Revision.Sha, Is.EqualTo("b"));
            Assert.That(fixture.Observe(Target(sha: "b"))?.Succeeded, Is.False);
            Assert.That(fixture.Observe(Target(sha: "a")), Is.Null);
        });
    }

    [Test]
    public async Task Replace_OtherRevisionDuringAProbe_DoesNotWaitForIt()
    {
        await using var fixture = new ProbeSchedulerFixture();
        fixture.Wish(Target(sha: "a"));
        var old = await fixture.Prober.NextAsync();

        fixture.Wish(Target(sha: "b"));
        var next = await fixture.Prober.NextAsync();

        Assert.Multiple(() =>
        {
            Assert.That(next.Target.Revision.Sha, Is.EqualTo("b"));
            Assert.That(old.CancellationToken.IsCancellationRequested, Is.True);
        });
    }

    [Test]
    public async Task Replace_AnswerOfTheOldRevisionArrivesLate_IsDropped()
    {
        // The predecessor called a new commit successful because the old one still answered.
        await using var fixture = new ProbeSchedulerFixture(proberIgnoresCancellation: true);
        fixture.Wish(Target(sha: "a"));
        var old = await fixture.Prober.NextAsync();

        fixture.Wish(Target(sha: "b"));
        old.Succeed();
        var next = await fixture.Prober.NextAsync();

        Assert.Multiple(() =>
        {
            Assert.That(next.Target.Revision.Sha, Is.EqualTo("b"));
            Assert.That(fixture.Observe(Target(sha: "b"))?.Succeeded, Is.False);
            Assert.That(fixture.Woken, Is.Empty);
        });
        next.Fail();
        await fixture.StopAsync();
    }

    [Test]
    public async Task Replace_WithoutATarget_ForgetsItAndEndsItsProbe()
    {
        await using var fixture = new ProbeSchedulerFixture();
        fixture.Wish(Target("relpr-1"), Target("relpr-2"));
        Asked[] asked = [await fixture.Prober.NextAsync(), await fixture.Prober.NextAsync()];

        fixture.Wish(Target("relpr-2"));

        Assert.Multiple(() =>
        {
            Assert.That(fixture.Observe(Target("relpr-1")), Is.Null);
            Assert.That(fixture.Observe(Target("relpr-2")), Is.Not.Null);
            Assert.That(
                asked.Where(probe => probe.CancellationToken.IsCancellationRequested).Select(probe => probe.Target.Release.Name),
                Is.EqualTo(["relpr-1"]));
        });
    }

    [Test]
    public async Task Forget_Owner_ProbesNoneOfItsTargetsAgain()
    {
        await using var fixture = new ProbeSchedulerFixture();
        fixture.Wish(Target("relpr-1"));
        var delay = await fixture.AnswerAsync(isSuccess: true);
        fixture.Scheduler.Replace(Other, [Target("relpr-2", owner: Other) with { Interval = delay / 2 }]);
        await fixture.AnswerAsync(isSuccess: true);

        fixture.Scheduler.Forget(Owner);
        fixture.Clock.Advance(delay);
        await fixture.AnswerAsync(isSuccess: true);
        fixture.Clock.Advance(delay);

        var next = await fixture.Prober.NextAsync();
        Assert.Multiple(() =>
        {
            Assert.That(next.Target.Release.Name, Is.EqualTo("relpr-2"));
            Assert.That(fixture.Prober.Waiting, Is.Zero);
            Assert.That(fixture.Observe(Target("relpr-1")), Is.Null);
        });
    }

    [Test]
    public async Task Forget_OwnerWhoseReleaseAnotherTookOver_LeavesItToTheOther()
    {
        await using var fixture = new ProbeSchedulerFixture();
        fixture.Wish(Target(sha: "a"));
        await fixture.AnswerAsync(isSuccess: true);
        fixture.Scheduler.Replace(Other, [Target(sha: "b", owner: Other) with { Interval = TimeSpan.FromSeconds(30) }]);

        fixture.Scheduler.Forget(Owner);
        await fixture.AnswerAsync(isSuccess: true);

        Assert.Multiple(() =>
        {
            Assert.That(fixture.Observe(Target(sha: "b"))?.Succeeded, Is.True);
            Assert.That(fixture.Woken, Is.EqualTo([Owner, Other]));
        });
    }
}
