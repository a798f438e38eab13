using PrEnv.Core.LeaderElection;
using PrEnv.Tests.Support;
using static PrEnv.Tests.LeaderElection.ElectorHarness;

namespace PrEnv.Tests.LeaderElection;

internal sealed class LeaderElectorTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    // 2 s / 1.2, without chance.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2) / 1.2;

    [Test]
    public async Task Run_RenewalsFailPastTheDeadline_CancelsTheWorkThenAndThrows()
    {
        await using var me = await new ElectorHarness().LeadAsync();
        for (var i = 0; i < 4; i++)
        {
            me.Lease.ThenRefuses().ThenRefuses();
            me.Clock.Advance(2 * Second);
            await me.Lease.UntilAsync("get");
            await me.PauseAsync(2 * Second);
        }

        me.Clock.Advance((2 * Second) - Moment);
        Assert.That((me.Elector.IsOpen, me.Run!.IsCompleted), Is.EqualTo((true, false)), "a moment before");
        me.Clock.Advance(Moment);
        Assert.That(me.Elector.IsOpen, Is.False, "at the deadline");
        await me.CancelledAsync();
        Assert.That(
            async () => await me.Run!.Soon(),
            Throws.TypeOf<LeadershipLostException>().With.Message.EqualTo(
                "Lost Lease here/lease: it could not be renewed within 10 seconds."));
        Assert.That(me.Told[^1], Is.EqualTo("stopped"));
    }

    [Test]
    public async Task Run_RenewalHangs_IsGivenUpAfterHalfTheDeadlineAndTriedAnew()
    {
        await using var me = await new ElectorHarness().LeadAsync();
        me.Lease.ThenHangs();
        await me.RenewAsync();
        me.Clock.Advance(5 * Second);
        await me.PauseAsync(2 * Second);
        await me.RenewAsync();
        await me.PauseAsync(2 * Second);

        Assert.That(me.Elector.IsOpen, Is.True);
        Assert.That(
            me.Logger.Messages,
            Has.One.EqualTo("Warning: me could not read or write Lease here/lease; retrying: 0 no answer within 5 seconds"));
    }

    [Test]
    public async Task Run_AnotherHoldsTheLease_StopsAtOnce()
    {
        await using var me = await new ElectorHarness().LeadAsync();
        me.Lease.Set(HeldBy("usurper", 1));
        me.Clock.Advance(2 * Second);
        await me.CancelledAsync();

        Assert.That(
            async () => await me.Run!.Soon(),
            Throws.TypeOf<LeadershipLostException>().With.Message.EqualTo("Lost Lease here/lease: usurper holds it."));
        Assert.That(me.Elector.IsOpen, Is.False);
        Assert.That(me.Lease.Record!.HolderIdentity, Is.EqualTo("usurper"));
    }

    [Test]
    public async Task Run_WorkIgnoresTheLoss_IsWaitedForUntilTheLeaseRunsOut()
    {
        await using var me = await new ElectorHarness { Obeys = false }.LeadAsync();
        me.Lease.ThenHangs();
        me.Clock.Advance(2 * Second);
        await me.Lease.UntilAsync("update me");
        me.Clock.Advance(8 * Second);
        await me.CancelledAsync();
        await me.PauseAsync(5 * Second);
        Assert.That((me.Run!.IsCompleted, me.Elector.IsOpen), Is.EqualTo((false, false)));
        me.Clock.Advance(5 * Second);

        Assert.That(async () => await me.Run.Soon(), Throws.TypeOf<LeadershipLostException>());
        Assert.That(me.Logger.Messages, Has.One.StartsWith("Error: The work of me did not end before Lease here/lease expired"));
    }

    [Test]
    public async Task Run_Stopped_RenewsUntilTheWorkIsOverThenReleases()
    {
        await using var me = await new ElectorHarness { Obeys = false }.LeadAsync();
        for (var i = 0; i < 10; i++)
        {
            await me.RenewAsync();
            await me.PauseAsync(2 * Second);
        }

        Assert.That(me.Lease.Log, Has.None.EqualTo("release"));
        await me.StopAsync();
        Assert.That(me.Lease.Log[^2..], Is.EqualTo(["get", "release"]));
        Assert.That(me.Elector.IsOpen, Is.False);
    }

    [Test]
    public async Task Run_LostWhileStopping_IsNoFailure()
    {
        await using var me = await new ElectorHarness().LeadAsync();
        await me.BeginStopAsync();
        me.Lease.ThenHangs();
        me.Clock.Advance(2 * Second);
        await me.Lease.UntilAsync("update me");
        me.Clock.Advance(8 * Second);
        await me.CancelledAsync();

        Assert.That(async () => await me.Run!.Soon(), Throws.Nothing);
        Assert.That(me.Told[^1], Is.EqualTo("stopped"));
    }

    [Test]
    public async Task Run_WorkFails_ReleasesAndPassesItOn()
    {
        await using var me = await new ElectorHarness().LeadAsync();
        me.Fail(new InvalidOperationException("bug"));

        Assert.That(async () => await me.Run!.Soon(), Throws.InvalidOperationException);
        Assert.That((me.Lease.Record!.HolderIdentity, me.Told[^1]), Is.EqualTo(("", "stopped")));
    }

    [Test]
    public async Task Run_StoppedWhileWaiting_NeverLedAndReleasesNothing()
    {
        await using var me = new ElectorHarness(lease: new FakeLease().Set(HeldBy("other")));
        me.Start();
        await me.PauseAsync(Look);
        await me.StopAsync();

        Assert.That(me.Lease.Log, Is.EqualTo(["get"]));
        Assert.That(me.Told, Is.EqualTo(["new leader other", "stopped"]));
    }

    [Test]
    public async Task Run_StoppedWhileTheAcquiringRequestIsOut_LooksAndReleases()
    {
        await using var me = new ElectorHarness();
        me.Lease.ThenPasses().Then(token =>
        {
            // It reached the server, and the answer is lost.
            me.Lease.Set(HeldBy("me"));
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
        });
        me.Start();
        await me.Lease.UntilAsync("create me");
        await me.StopAsync();

        Assert.That(me.Lease.Record!.HolderIdentity, Is.Empty);
        Assert.That(me.Told, Is.EqualTo(["new leader me", "stopped"]));
    }

    [Test]
    public async Task Acquire_LeaderGoesSilent_TakesOverWhenTheLeaseEndsAndNotBefore()
    {
        await using var me = new ElectorHarness(lease: new FakeLease().Set(HeldBy("other", 7)));
        me.Start();
        var waited = TimeSpan.Zero;
        while (waited < 15 * Second)
        {
            Assert.That(me.Lease.Record!.HolderIdentity, Is.EqualTo("other"), $"after {waited}");
            var pause = await me.PauseAsync(p => p < 2 * Second);
            waited += pause;
            me.Clock.Advance(pause);
        }

        Assert.That(waited, Is.EqualTo(15 * Second), "the last look comes when the Lease ends");
        await me.WorkingAsync();
        Assert.That(
            me.Lease.Record, Is.EqualTo(HeldBy("me", 8) with { AcquireTime = me.Clock.GetUtcNow(), RenewTime = me.Clock.GetUtcNow() }));
    }

    [Test]
    public async Task Acquire_LeaderReleases_TakesOverAtTheNextLook()
    {
        await using var me = new ElectorHarness(lease: new FakeLease().Set(HeldBy("other", 7)));
        me.Start();
        var pause = await me.PauseAsync(Look);
        me.Lease.Set(HeldBy("", 7, 1));
        me.Clock.Advance(pause);
        await me.WorkingAsync();

        Assert.That(me.Lease.Record!.LeaderTransitions, Is.EqualTo(8));
    }

    [Test]
    public async Task Acquire_ServerAway_IsSaidOnceAndWaitedFor()
    {
        await using var me = new ElectorHarness();
        me.Lease.ThenRefuses(0, "Unreachable").ThenRefuses(0, "Unreachable").ThenRefuses(0, "Unreachable");
        me.Start();
        for (var i = 0; i < 3; i++)
            me.Clock.Advance(await me.PauseAsync(Look));

        await me.WorkingAsync();
        Assert.That(me.Logger.Messages.Count(m => m.StartsWith("Warning", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task Fence_TheProcessWasPaused_IsClosedBeforeAnyTimerFires()
    {
        await using var me = await new ElectorHarness().LeadAsync();
        // A clock that jumps without a timer firing is what a stopped process finds when it goes on.
        var paused = new PausedClock(me.Clock);
        var claim = new LeaseClaim(new FakeLease().For(), Defaults(), paused, me.Logger, NullLeadershipObserver.Instance);
        await claim.TryAsync(CancellationToken.None);
        paused.Jump = 10 * Second;

        Assert.That(claim.SinceRenewal, Is.EqualTo(10 * Second));
        Assert.That(claim.Sight.TimeLeft, Is.EqualTo(5 * Second));
    }

    [Test]
    public async Task Run_Twice_IsAnError()
    {
        await using var me = await new ElectorHarness().LeadAsync();

        Assert.That(() => me.Elector.RunAsync(_ => Task.CompletedTask, CancellationToken.None), Throws.InvalidOperationException);
    }

    private sealed class PausedClock(TimeProvider clock) : TimeProvider
    {
        public TimeSpan Jump { get; set; }

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp() => clock.GetTimestamp() + (Jump.Ticks * clock.TimestampFrequency / TimeSpan.TicksPerSecond);
    }
}
