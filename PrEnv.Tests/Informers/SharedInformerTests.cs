using PrEnv.Tests.Support;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Informers;

internal sealed class SharedInformerTests
{
    [Test]
    public async Task SlowHandler_ManyChanges_HoldsUpNobodyElse()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10"));
        using var gate = new ManualResetEventSlim();
        var slow = new RecordingHandler { OnCall = _ => gate.Wait(Waiting.Limit) };
        var quick = new RecordingHandler();
        harness.Informer.AddHandler(slow);
        harness.Informer.AddHandler(quick);
        var watch = await harness.WatchingAsync();
        await watch.SendAsync([.. Enumerable.Range(0, 500).Select(i => Added(Of($"o{i}", $"{i + 11}")))]);
        await quick.NextAsync(500);
        Assert.That(slow.Pending, Is.Zero);

        gate.Set();
        await slow.NextAsync(500);
    }

    [Test]
    public async Task Reflector_ListFails_TellsItsState()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenListFails(Statuses.NotFound);
        await harness.Start().Clock.NextPauseAsync();

        Assert.That(harness.Informer.LastListFailure!.IsNotFound, Is.True);
        Assert.That(harness.Informer.HasSynced, Is.False);
    }
}
