using PrEnv.Core.Releases;

namespace PrEnv.Tests.Reconcile;

/// <summary>What a push costs, from the delivery until release, note and status are written, and the watch has shown them.</summary>
internal sealed class PushTests
{
    private static readonly string Pushed = new('c', 40);

    [Test]
    public async Task Push_OfACommit_CostsOneReconcileAndOneSnapshot()
    {
        using var world = new PushWorld();
        await world.SettleAsync();
        var (reconciles, snapshots, notes, statuses) = (world.Reconciles, world.Snapshots, world.Notes, world.Statuses);

        world.Push(Pushed);
        await world.RunAsync();

        Assert.Multiple(() =>
        {
            Assert.That(ReleaseValues.Read(world.Release?.Spec).PrSha, Is.EqualTo(Pushed));
            Assert.That(world.Notes - notes, Is.EqualTo(1));
            Assert.That(world.Statuses - statuses, Is.EqualTo(1));
            Assert.That(world.Reconciles - reconciles, Is.EqualTo(1));
            Assert.That(world.Snapshots - snapshots, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Push_ThatIsDeliveredTwice_CostsNoMore()
    {
        using var world = new PushWorld();
        await world.SettleAsync();
        var reconciles = world.Reconciles;

        world.Push(Pushed);
        world.Push(Pushed);
        await world.RunAsync();

        Assert.That(world.Reconciles - reconciles, Is.EqualTo(1));
    }

    [Test]
    public async Task Creation_OfTheFirstRelease_CostsOneReconcile()
    {
        using var world = new PushWorld();
        await world.SettleAsync();

        Assert.That((world.Reconciles, world.Snapshots, world.Notes), Is.EqualTo((1, 1, 1)));
    }
}
