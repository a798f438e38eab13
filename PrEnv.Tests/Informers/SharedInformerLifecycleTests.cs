using PrEnv.Tests.Support;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Informers;

internal sealed class SharedInformerLifecycleTests
{
    [Test]
    public async Task Run_Twice_IsAnError()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10"));
        await harness.WatchingAsync();

        Assert.That(async () => await harness.Informer.RunAsync(CancellationToken.None), Throws.InvalidOperationException);
    }

    [Test]
    public async Task WaitForSync_StoppedBefore_IsReleased()
    {
        await using var harness = new InformerHarness();
        harness.Informer.AddHandler(new RecordingHandler());
        var waiting = harness.Start().Informer.WaitForSyncAsync(CancellationToken.None);
        await harness.StopAsync();

        Assert.That(async () => await waiting.Soon(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task WaitForSync_UnsyncedHandlerIsRemoved_WaitsForTheOthersOnly()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1")));
        var broken = harness.Informer.AddHandler(new RecordingHandler { OnCall = _ => throw new InvalidOperationException("boom") });
        harness.Informer.AddHandler(new RecordingHandler());
        await harness.WatchingAsync();
        var waiting = harness.Informer.WaitForSyncAsync(CancellationToken.None);
        Assert.That(waiting.IsCompleted, Is.False);
        harness.Informer.RemoveHandler(broken);

        await waiting.Soon();
    }
}
