using PrEnv.Core.Model;
using static PrEnv.Tests.Probing.ProbeTargets;

namespace PrEnv.Tests.Probing;

/// <summary>When is probed, and who is woken. What becomes of changed wishes is in <see cref="ProbeSchedulerWishesTests"/>.</summary>
internal sealed class ProbeSchedulerTests
{
    [Test]
    public async Task Replace_NewTarget_IsProbedAtOnce()
    {
        await using var fixture = new ProbeSchedulerFixture();

        fixture.Wish(Target());

        Assert.That((await fixture.Prober.NextAsync()).Target.Revision, Is.EqualTo(Target().Revision));
    }

    [Test]
    public async Task Reconcile_Pending_BacksOffFromOneSecondToThirty()
    {
        await using var fixture = new ProbeSchedulerFixture();
        fixture.Wish(Target());

        var delays = new List<double>();
        for (var probe = 0; probe < 8; probe++)
        {
            var delay = await fixture.AnswerAsync(isSuccess: false);
            delays.Add(delay.TotalSeconds);
            fixture.Clock.Advance(delay);
        }

        Assert.That(delays, Is.EqualTo(new double[] { 1, 2, 4, 8, 16, 30, 30, 30 }));
    }

    [Test]
    public async Task Reconcile_AfterTheFirstSuccess_KeepsTheInterval()
    {
        await using var fixture = new ProbeSchedulerFixture();
        fixture.Wish(Target());
        await fixture.AnswerAllAsync("--");

        var first = await fixture.AnswerAsync(isSuccess: true);
        fixture.Clock.Advance(first);
        var second = await fixture.AnswerAsync(isSuccess: false);

        Assert.That((first, second), Is.EqualTo((TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1))));
    }

    [Test]
    public async Task Reconcile_AfterTheDeadline_GoesOnAtTheInterval()
    {
        await using var fixture = new ProbeSchedulerFixture();
        fixture.Clock.SetUtcNow(Deadline);
        fixture.Wish(Target());

        Assert.That(await fixture.AnswerAsync(isSuccess: false), Is.EqualTo(TimeSpan.FromMinutes(1)));
    }

    [TestCase("-", 1, Description = "The first failure has something to tell.")]
    [TestCase("--", 1)]
    [TestCase("---", 2, Description = "After a restart the third failure may be a fall.")]
    [TestCase("-------", 2)]
    [TestCase("+", 1, Description = "The first success.")]
    [TestCase("+++", 1)]
    [TestCase("-+", 2)]
    [TestCase("+--", 1, Description = "A hiccup.")]
    [TestCase("+--+--+", 1)]
    [TestCase("+---", 2, Description = "The fall.")]
    [TestCase("+------", 2)]
    [TestCase("+---+", 3, Description = "The recovery.")]
    [TestCase("+---+---", 4, Description = "The next fall.")]
    public async Task Wake_Answers_OnlyWhenTheVerdictChanges(string answers, int expected)
    {
        await using var fixture = new ProbeSchedulerFixture();
        fixture.Wish(Target());

        await fixture.AnswerAllAsync(answers);

        Assert.That(fixture.Woken, Is.EqualTo(Enumerable.Repeat(Owner, expected)));
    }

    [Test]
    public async Task Observe_Answers_ShowsWhatWasSeen()
    {
        await using var fixture = new ProbeSchedulerFixture();
        fixture.Wish(Target());
        var before = fixture.Observe(Target());

        await fixture.AnswerAllAsync("+--");

        Assert.Multiple(() =>
        {
            Assert.That(
                before, Is.EqualTo(new ProbeObservation(Target().Revision, Succeeded: false, ConsecutiveFailures: 0, LastFailure: null)));
            Assert.That(fixture.Observe(Target()), Is.EqualTo(new ProbeObservation(Target().Revision, true, 2, "answered 503")));
            Assert.That(fixture.Observe(Target(sha: "b")), Is.Null);
        });
    }

    [Test]
    public async Task Run_SlowEnvironment_DelaysNoOther()
    {
        await using var fixture = new ProbeSchedulerFixture(workers: 2);
        fixture.Wish(Target("relpr-1"), Target("relpr-2"), Target("relpr-3"));
        var slow = await fixture.Prober.NextAsync();
        var quick = await fixture.Prober.NextAsync();
        var waitingWhileBothAreBusy = fixture.Prober.Waiting;

        quick.Succeed();
        var third = await fixture.Prober.NextAsync();

        Assert.Multiple(() =>
        {
            Assert.That(waitingWhileBothAreBusy, Is.Zero);
            Assert.That(slow.Answer.Task.IsCompleted, Is.False);
            Assert.That(third.Target.Release, Is.Not.EqualTo(slow.Target.Release).And.Not.EqualTo(quick.Target.Release));
        });
    }

    [Test]
    public async Task Reconcile_ProberThrows_TriesAgainLater()
    {
        await using var fixture = new ProbeSchedulerFixture();
        fixture.Wish(Target());

        (await fixture.Prober.NextAsync()).Answer.SetException(new InvalidOperationException("bug"));
        await fixture.Clock.SkipDelayAsync();

        Assert.That((await fixture.Prober.NextAsync()).Target.Release, Is.EqualTo(Target().Release));
    }

    [Test]
    public async Task Run_Stopped_CancelsProbesInProgress()
    {
        await using var fixture = new ProbeSchedulerFixture();
        fixture.Wish(Target());
        var asked = await fixture.Prober.NextAsync();

        await fixture.StopAsync();

        Assert.That(asked.CancellationToken.IsCancellationRequested, Is.True);
    }

    [Test]
    public async Task Metrics_Answers_AreCountedByResult()
    {
        await using var fixture = new ProbeSchedulerFixture();
        fixture.Wish(Target());

        await fixture.AnswerAllAsync("+-+");

        var scrape = await fixture.ScrapeAsync();
        Assert.Multiple(() =>
        {
            Assert.That(scrape, Does.Contain("prenv_probes_total{result=\"success\"} 2\n"));
            Assert.That(scrape, Does.Contain("prenv_probes_total{result=\"unexpected_status\"} 1\n"));
            Assert.That(scrape, Does.Contain("prenv_probes_total{result=\"denied\"} 0\n"));
            Assert.That(scrape, Does.Contain("controller_runtime_max_concurrent_reconciles{controller=\"probe\"} 32\n"));
            Assert.That(scrape, Does.Contain("workqueue_adds_total{name=\"probe\"}"));
        });
    }
}
