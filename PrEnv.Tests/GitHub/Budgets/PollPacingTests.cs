using System.Globalization;
using PrEnv.Controller.GitHub.Budgets;
using PrEnv.Core.Objects;

namespace PrEnv.Tests.GitHub.Budgets;

internal sealed class PollPacingTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    [TestCase(500)]
    [TestCase(4999)]
    public void Slow_EnoughIsLeft_IsTheInterval(int remaining) =>
        Assert.That(new PollPacing().Slow(Poller(1), Interval, Quota(remaining), Now), Is.Null);

    [Test]
    public void Slow_LimitIsNotKnown_IsTheInterval() => Assert.That(new PollPacing().Slow(Poller(1), Interval, null, Now), Is.Null);

    [Test]
    public void Slow_LittleIsLeftButEnoughForAll_IsTheInterval() =>
        Assert.That(new PollPacing().Slow(Poller(1), Interval, Quota(499), Now), Is.Null);

    [Test]
    public void Slow_NotEnoughForAll_GivesEachTheSameShareOfHalf()
    {
        var pacing = new PollPacing();
        for (var i = 0; i < 10; i++)
            pacing.Slow(Poller(i), Interval, null, Now);

        var waits = Enumerable.Range(0, 10).Select(i => pacing.Slow(Poller(i), Interval, Quota(200), Now)).ToList();

        // 200 left, 100 of them for polling, ten pollers, half an hour.
        Assert.That(waits, Is.All.EqualTo(TimeSpan.FromMinutes(3)));
    }

    [Test]
    public void Slow_LessThanOneLookEach_WaitsForTheReset()
    {
        var pacing = new PollPacing();
        for (var i = 0; i < 10; i++)
            pacing.Slow(Poller(i), Interval, null, Now);

        Assert.That(pacing.Slow(Poller(3), Interval, Quota(5), Now), Is.EqualTo(TimeSpan.FromMinutes(30)));
    }

    [Test]
    public void Slow_PollerIsGone_LeavesItsShareToTheOthers()
    {
        var pacing = new PollPacing();
        pacing.Slow(Poller(1), Interval, null, Now);
        pacing.Slow(Poller(2), Interval, null, Now);
        var shared = pacing.Slow(Poller(1), Interval, Quota(20), Now);

        var later = Now + TimeSpan.FromMinutes(2.5);
        var alone = pacing.Slow(Poller(1), Interval, new RateQuota(5000, 20, later + TimeSpan.FromMinutes(30)), later);

        Assert.That((shared, alone), Is.EqualTo((TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(3))));
    }

    private static RateQuota Quota(int remaining) => new(5000, remaining, Now + TimeSpan.FromMinutes(30));

    private static ResourceKey Poller(int number) => new("team", number.ToString(CultureInfo.InvariantCulture));
}
