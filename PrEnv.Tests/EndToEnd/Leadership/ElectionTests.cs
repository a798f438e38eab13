using PrEnv.Tests.Cluster;

namespace PrEnv.Tests.EndToEnd.Leadership;

/// <summary>
/// Three real controllers under kills, pauses and partitions: never two who act, and always one who takes over. How soon is told and not
/// asserted: that depends on the machine here, and is asserted in virtual time by <see cref="LeaderElection.LeaderElectorTests"/>.
/// </summary>
[Category("Integration")]
[NonParallelizable]
[CancelAfter(300_000)]
internal sealed class ElectionTests
{
    private ThreeInstances _three = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        if ((await TestCluster.GetAsync()) is not LocalClusterFixture)
            Assert.Ignore("Left out: only the local control plane keeps an audit log.");
        _three = await ThreeInstances.StartAsync();
    }

    [SetUp]
    public Task FillAsync() => _three.FillAsync();

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_three is not null)
            await _three.DisposeAsync();
    }

    [Test]
    public async Task Leader_IsKilled_AnotherTakesOverOnceTheLeaseHasRunOut()
    {
        var leader = await _three.LeaderAsync();
        await _three.WorksAsync(leader);
        await leader.Process.KillAsync();

        await ProveSuccessionAsync(leader);
    }

    [Test]
    public async Task Leader_IsStoppedPolitely_ReleasesTheLeaseForAnother()
    {
        var leader = await _three.LeaderAsync();
        await _three.WorksAsync(leader);
        var asked = TimeProvider.System.GetUtcNow();
        Assert.That(await leader.Process.StopAsync(), Is.Zero);
        await _three.WorksAsync(await _three.LeaderAsync(leader));

        var trail = await _three.TrailAsync();
        var gap = trail.Terms[^1].Begin - asked;
        await TestContext.Progress.WriteLineAsync($"Take-over {gap.TotalSeconds:0.00} s after SIGTERM.");
        Assert.Multiple(() =>
        {
            Assert.That(trail.Terms[^2].User, Is.EqualTo(leader.User));
            Assert.That(trail.Terms[^2].IsReleased, Is.True);
            Assert.That(trail.Trespasses(), Is.Empty);
        });
        await _three.RemoveAsync(leader);
    }

    [Test]
    public async Task Leader_IsPausedPastItsLease_EndsWithoutAnotherWrite(CancellationToken cancellationToken)
    {
        var leader = await _three.LeaderAsync();
        await _three.WorksAsync(leader);
        leader.Process.Signal("STOP");
        try
        {
            await _three.WorksAsync(await _three.LeaderAsync(leader));
        }
        finally
        {
            leader.Process.Signal("CONT");
        }

        var (code, lines) = await leader.EndAsync("has lost Lease", cancellationToken);
        Assert.That((code, lines.Count), Is.EqualTo((1, 1)));
        await ProveSuccessionAsync(leader);
    }

    [Test]
    public async Task Leader_IsCutOff_EndsBeforeAnotherLeads(CancellationToken cancellationToken)
    {
        var leader = await _three.LeaderAsync();
        await _three.WorksAsync(leader);
        leader.Proxy.Silence();
        var (code, lines) = await leader.EndAsync("has lost Lease", cancellationToken);
        var ended = TimeProvider.System.GetUtcNow();
        Assert.That((code, lines.Count), Is.EqualTo((1, 1)));
        Assert.That(lines[0], Does.Contain("it could not be renewed within 5 seconds"));

        await ProveSuccessionAsync(leader);
        await TestContext.Progress.WriteLineAsync(
            $"The old one was gone {((await _three.TrailAsync()).Terms[^1].Begin - ended).TotalSeconds:0.00} s before.");
    }

    private async Task ProveSuccessionAsync(Instance old)
    {
        await _three.WorksAsync(await _three.LeaderAsync(old));
        var trail = await _three.TrailAsync();
        var (before, after) = (trail.Terms[^2], trail.Terms[^1]);
        var gap = after.Begin - before.LastRenewal;
        await TestContext.Progress.WriteLineAsync($"Take-over {gap.TotalSeconds:0.00} s after the last renewal.");
        Assert.Multiple(() =>
        {
            Assert.That(before.User, Is.EqualTo(old.User));
            Assert.That(before.IsReleased, Is.False);
            Assert.That(gap, Is.GreaterThanOrEqualTo(ThreeInstances.LeaseDuration));
            Assert.That(trail.Trespasses(), Is.Empty);
        });
        await _three.RemoveAsync(old);
    }
}
