using PrEnv.Benchmarks.Quota;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Reconcile;

/// <summary>What an hour of simulated time costs, with the real reconciler, reporter and GitHub client.</summary>
internal sealed class QuotaTests
{
    private const int Repositories = 3;

    [TestCase(false, 2, TestName = "Hour_AsByDefault_CostsNothingWhileNothingChanges")]
    [TestCase(true, 4, TestName = "Hour_WithEverythingConfigured_CostsNothingWhileNothingChanges")]
    public async Task Hour(bool everything, int chargedPerPush)
    {
        Func<PREphemeralEnvControllerSpec, PREphemeralEnvControllerSpec> change = everything ? QuotaWorld.WithEverything : spec => spec;
        await using var world = await QuotaWorld.StartAsync(Repositories, change, CancellationToken.None);
        Assert.That(world.Cluster.Releases, Is.EqualTo(10 * Repositories));
        Assert.That(world.States.Count(s => s == "success"), Is.EqualTo(10 * Repositories));

        var rest = await world.RestAsync(CancellationToken.None);
        Assert.That(rest, Is.EqualTo(new HourlyCost(0, rest.Uncharged, 0, 0)));
        Assert.That(rest.Uncharged, Is.Positive);

        // One push: the listing and the commit status; the files and the check runs.
        var push = await world.ChangeAsync(1, CancellationToken.None);
        Assert.That(push.Charged - push.Posts, Is.EqualTo(chargedPerPush - 1));
        Assert.That(world.States.Count(s => s == "success"), Is.EqualTo((10 * Repositories) + 1));
    }
}
