using PrEnv.Core.LeaderElection;
using PrEnv.Tests.LeaderElection;

namespace PrEnv.Tests.Conformance;

/// <summary>The cases of client-go's health adaptor for leader election.</summary>
internal sealed class LeaderElectionHealthTests
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Test]
    public void BeforeStart_IsHealthy()
    {
        var me = new ElectorHarness();
        me.Clock.Advance(TimeSpan.FromDays(1));

        Assert.That(new LeaseHealth(me.Elector, Tolerance).Problem, Is.Null);
    }

    [Test]
    public async Task OwnLeaseFarExpired_IsUnhealthy()
    {
        var me = new ElectorHarness();
        await me.Elector.Claim.TryAsync(CancellationToken.None);
        me.Clock.Advance(Lease + Tolerance + Moment);

        Assert.That(
            new LeaseHealth(me.Elector, Tolerance).Problem,
            Is.EqualTo("Lease here/lease was last renewed 35 seconds ago and has not been given up"));
    }

    [Test]
    public async Task HeldByAnother_IsHealthy()
    {
        var me = new ElectorHarness();
        me.Lease.Set(ElectorHarness.HeldBy("other"));
        await me.Elector.Claim.TryAsync(CancellationToken.None);
        me.Clock.Advance(TimeSpan.FromDays(1));

        Assert.That(new LeaseHealth(me.Elector, Tolerance).Problem, Is.Null);
    }

    [Test]
    public async Task ExpiredWithinTolerance_IsHealthy()
    {
        var me = new ElectorHarness();
        await me.Elector.Claim.TryAsync(CancellationToken.None);
        me.Clock.Advance(Lease + Tolerance);

        Assert.That(new LeaseHealth(me.Elector, Tolerance).Problem, Is.Null);
    }
}
