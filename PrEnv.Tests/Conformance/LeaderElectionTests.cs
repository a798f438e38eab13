using PrEnv.Core.LeaderElection;
using PrEnv.Tests.LeaderElection;
using PrEnv.Tests.Support;
using static PrEnv.Tests.LeaderElection.ElectorHarness;

namespace PrEnv.Tests.Conformance;

/// <summary>The cases of client-go's leader election, each under its name there.</summary>
internal sealed class LeaderElectionTests
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(15);

    private static IEnumerable<TestCaseData<LeaderRecord?, bool, bool, string, int>> Leases() =>
    [
        new(null, false, true, "get,create me", 0) { TestName = "TryAcquireOrRenewLeases_NoObject" },
        new(LeaderRecord.Empty, false, true, "get,update me", 1) { TestName = "TryAcquireOrRenewLeases_ObjectWithoutRecord" },
        new(HeldBy("other", 4), true, true, "get,update me", 5) { TestName = "TryAcquireOrRenewLeases_LedAndExpired" },
        new(HeldBy("", 4, 1), false, true, "get,update me", 5) { TestName = "TryAcquireOrRenewLeases_Unled" },
        new(HeldBy("other", 4), false, false, "get", 4) { TestName = "TryAcquireOrRenewLeases_LedByOtherAndNotExpired" },
        new(HeldBy("me", 4), false, true, "get,update me", 4) { TestName = "TryAcquireOrRenewLeases_RenewOwn" },
    ];

    [TestCaseSource(nameof(Leases))]
    public async Task TryAcquireOrRenewLeases(LeaderRecord? record, bool isExpired, bool isOurs, string requests, int transitions)
    {
        var (lease, clock, claim) = Claim(record);
        if (isExpired)
        {
            // Seen once, and then not changed for as long as it was good for.
            Assert.That(await claim.TryAsync(CancellationToken.None), Is.False);
            clock.Advance(LeaseDuration);
            lease.Log.Clear();
        }

        Assert.That(await claim.TryAsync(CancellationToken.None), Is.EqualTo(isOurs));
        Assert.Multiple(() =>
        {
            Assert.That(string.Join(',', lease.Log), Is.EqualTo(requests));
            Assert.That(claim.Sight.IsOurs, Is.EqualTo(isOurs));
            Assert.That(lease.Record!.HolderIdentity, Is.EqualTo(isOurs ? "me" : "other"));
            Assert.That(lease.Record.LeaderTransitions, Is.EqualTo(transitions));
            if (isOurs)
                Assert.That((lease.Record.LeaseDuration, lease.Record.RenewTime), Is.EqualTo((LeaseDuration, clock.GetUtcNow())));
            if (record?.HolderIdentity == "me")
                Assert.That(lease.Record.AcquireTime, Is.EqualTo(record.AcquireTime));
        });
    }

    [Test]
    public async Task ReleaseLeaseLeases_ReleaseAcquiredLock()
    {
        var (lease, clock, claim) = Claim(HeldBy("other", 2));
        await claim.TryAsync(CancellationToken.None);
        clock.Advance(LeaseDuration);
        await claim.TryAsync(CancellationToken.None);

        Assert.That(await claim.ReleaseAsync(CancellationToken.None), Is.True);
        var now = clock.GetUtcNow();
        Assert.That(lease.Record, Is.EqualTo(new LeaderRecord("", TimeSpan.FromSeconds(1), now, now, 3)));
        Assert.That(claim.Sight.IsOurs, Is.False);
    }

    [Test]
    public async Task ReleaseMethodCallsGet()
    {
        var (lease, _, claim) = Claim(null);
        await claim.TryAsync(CancellationToken.None);
        lease.Touch().Log.Clear();

        Assert.That(await claim.ReleaseAsync(CancellationToken.None), Is.True, "with the version that it has by now");
        Assert.That(lease.Log, Is.EqualTo(["get", "release"]));
    }

    [Test]
    public async Task ReleaseMethodCallsGet_AnothersByNow_IsLeftAlone()
    {
        var (lease, _, claim) = Claim(null);
        await claim.TryAsync(CancellationToken.None);
        lease.Set(HeldBy("other", 1)).Log.Clear();

        Assert.That(await claim.ReleaseAsync(CancellationToken.None), Is.False);
        Assert.That((string.Join(',', lease.Log), lease.Record!.HolderIdentity), Is.EqualTo(("get", "other")));
    }

    [Test]
    public async Task ReleaseRetriesOnConflict()
    {
        var (lease, _, claim) = Claim(null);
        await claim.TryAsync(CancellationToken.None);
        lease.ThenPasses().ThenRefuses(409, "Conflict").ThenPasses().ThenRefuses(409, "Conflict").Log.Clear();

        Assert.That(await claim.ReleaseAsync(CancellationToken.None), Is.True);
        Assert.That(lease.Log, Is.EqualTo(["get", "release", "get", "release", "get", "release"]));
    }

    [TestCase("update", TestName = "ReleaseOnCancellation_DuringUpdate")]
    [TestCase("get", TestName = "ReleaseOnCancellation_DuringGet")]
    public async Task ReleaseOnCancellation(string during)
    {
        await using var me = new ElectorHarness();
        await me.LeadAsync();
        if (during == "get")
            me.Lease.ThenRefuses();
        me.Lease.ThenHangs();
        me.Clock.Advance(me.Elector.Options.RetryPeriod);
        await me.Lease.UntilAsync("update me");
        if (during == "get")
            await me.Lease.UntilAsync("get");
        await me.StopAsync();

        Assert.Multiple(() =>
        {
            Assert.That(me.Lease.Log[^2..], Is.EqualTo(["get", "release"]));
            Assert.That(me.Lease.Record!.HolderIdentity, Is.Empty);
            Assert.That(string.Join(", ", me.Told), Is.EqualTo($"new leader me, started, {(during == "get" ? "slow path, " : "")}stopped"));
        });
    }

    [TestCase("", 15, 10, 2, "Identity", TestName = "ConfigValidation_NoIdentity")]
    [TestCase("me", 10, 10, 2, "LeaseDuration", TestName = "ConfigValidation_LeaseNotLongerThanDeadline")]
    [TestCase("me", 15, 2.4, 2, "RenewDeadline", TestName = "ConfigValidation_DeadlineNotLongerThanRetryWithJitter")]
    [TestCase("me", 0, 10, 2, "LeaseDuration", TestName = "ConfigValidation_NoLease")]
    [TestCase("me", 15.5, 10, 2, "LeaseDuration", TestName = "ConfigValidation_NoWholeSeconds")]
    [TestCase("me", 15, 0, 2, "RenewDeadline", TestName = "ConfigValidation_NoDeadline")]
    [TestCase("me", 15, 10, 0, "RetryPeriod", TestName = "ConfigValidation_NoRetry")]
    [TestCase("me", 15, 2.5, 2, null, TestName = "ConfigValidation_JustRight")]
    public void ConfigValidation(string identity, double lease, double deadline, double retry, string? property)
    {
        var options = Defaults(identity) with
        {
            LeaseDuration = TimeSpan.FromSeconds(lease),
            RenewDeadline = TimeSpan.FromSeconds(deadline),
            RetryPeriod = TimeSpan.FromSeconds(retry),
        };
        LeaderElector Make() => new(new FakeLease().For(), options, new TestClock(), new ListLogger());

        if (property is null)
            Assert.That(Make, Throws.Nothing);
        else
            Assert.That(Make, Throws.ArgumentException.With.Message.StartsWith(property + ":"));
    }

    [Test]
    public async Task FastPath_NobodyTouchedTheLease_OneUpdateIsEnough()
    {
        var (lease, _, claim) = Claim(null);
        await claim.TryAsync(CancellationToken.None);
        lease.Log.Clear();

        Assert.That(await claim.TryAsync(CancellationToken.None), Is.True);
        Assert.That(lease.Log, Is.EqualTo(["update me"]));
    }

    [Test]
    public async Task FastPath_Fails_FallsBackToGetAndUpdate()
    {
        var (lease, _, claim) = Claim(null);
        await claim.TryAsync(CancellationToken.None);
        lease.Touch().Log.Clear();

        Assert.That(await claim.TryAsync(CancellationToken.None), Is.True);
        Assert.That(lease.Log, Is.EqualTo(["update me", "get", "update me"]));
    }

    [Test]
    public async Task FastPath_OurLeaseHasRunOut_IsNotTaken()
    {
        var (lease, clock, claim) = Claim(null);
        await claim.TryAsync(CancellationToken.None);
        lease.Log.Clear();
        clock.Advance(LeaseDuration);

        Assert.That(await claim.TryAsync(CancellationToken.None), Is.True);
        Assert.That(lease.Log, Is.EqualTo(["get", "update me"]));
    }

    [Test]
    public async Task CheckMethodRace()
    {
        await using var me = new ElectorHarness();
        var health = new LeaseHealth(me.Elector, TimeSpan.Zero);
        using var end = new CancellationTokenSource();
        var asking = Task.Run(() =>
        {
            var problems = new HashSet<string>(StringComparer.Ordinal);
            while (!end.IsCancellationRequested)
            {
                if (health.Problem is { } problem)
                    problems.Add(problem);
                _ = me.Elector.IsOpen;
            }

            return problems;
        });
        await me.LeadAsync();
        for (var i = 0; i < 200; i++)
        {
            await me.RenewAsync();
            await me.PauseAsync(me.Elector.Options.RetryPeriod);
        }

        await end.CancelAsync();
        Assert.That(await asking.Soon(), Is.Empty);
    }

    private static (FakeLease Lease, TestClock Clock, LeaseClaim Claim) Claim(LeaderRecord? record)
    {
        var (lease, clock) = (new FakeLease(), new TestClock());
        if (record is not null)
            lease.Set(record);
        return (lease, clock, new LeaseClaim(lease.For(), Defaults(), clock, new ListLogger(), NullLeadershipObserver.Instance));
    }
}
