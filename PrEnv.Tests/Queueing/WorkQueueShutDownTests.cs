using PrEnv.Core.Queueing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Queueing;

internal sealed class WorkQueueShutDownTests
{
    [Test]
    public async Task ShutDown_WaitingKeys_AreHandedOutFirst()
    {
        using var queue = new WorkQueue<string>();
        queue.Add("foo");
        queue.ShutDown();
        queue.Add("late");

        Assert.That(await queue.TakeAllAsync(), Is.EqualTo(["foo"]));
        Assert.That((await queue.GetAsync(CancellationToken.None).Soon()).IsShutdown, Is.True);
        Assert.That((await queue.GetAsync(CancellationToken.None).Soon()).IsShutdown, Is.True, "every worker must hear of it");
    }

    [Test]
    public async Task ShutDown_WaitingWorkers_AreAllReleased()
    {
        using var queue = new WorkQueue<string>();
        var workers = Enumerable.Range(0, 5).Select(_ => queue.GetAsync(CancellationToken.None).AsTask()).ToArray();
        queue.ShutDown();

        Assert.That((await Task.WhenAll(workers).Soon()).All(item => item.IsShutdown), Is.True);
    }

    [Test]
    public async Task ShutDown_KeyDirtiedWhileHeld_IsStillRedelivered()
    {
        using var queue = new WorkQueue<string>();
        queue.Add("foo");
        await queue.TakeAsync();
        queue.Add("foo");
        queue.ShutDown();
        queue.Done("foo");

        Assert.That(await queue.TakeAllAsync(), Is.EqualTo(["foo"]));
    }

    [Test]
    public async Task ShutDownWithDrain_NothingHeld_CompletesAtOnce()
    {
        using var queue = new WorkQueue<string>();
        await queue.ShutDownWithDrainAsync().Soon();
        Assert.That(queue.IsShuttingDown, Is.True);
    }

    [Test]
    public async Task ShutDownWithDrain_Cancelled_StaysShutDown()
    {
        using var queue = await QueueExtensions.HeldAsync("foo");
        using var cancellation = new CancellationTokenSource();
        var drained = queue.ShutDownWithDrainAsync(cancellation.Token);
        await cancellation.CancelAsync();

        Assert.That(async () => await drained.Soon(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(queue.IsShuttingDown, Is.True);
    }
}
