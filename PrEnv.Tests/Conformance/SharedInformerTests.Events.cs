using PrEnv.Tests.Informers;
using PrEnv.Tests.Support;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Conformance;

internal sealed partial class SharedInformerTests
{
    [Test]
    public async Task Indexer()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1", payload: "red")));
        var watch = await harness.WatchingAsync();
        await watch.SendAsync(Modified(Of("a", "11", payload: "blue")), Added(Of("b", "12", payload: "red")));

        Assert.That(harness.Informer.Store.ByIndex("payload", "red").Single().Metadata.Name, Is.EqualTo("b"));
        Assert.That(harness.Informer.Store.ByIndex("payload", "blue").Single().Metadata.Name, Is.EqualTo("a"));
    }

    [Test]
    public async Task SharedInformerWatchDisruption()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(
            Page("10", Of("same", "1"), Of("changed", "2"), Of("gone", "3")),
            Page("20", Of("same", "1"), Of("changed", "15"), Of("new", "16")));
        var handler = new RecordingHandler();
        harness.Informer.AddHandler(handler);
        var watch = await harness.WatchingAsync();
        await handler.NextAsync(3);
        watch.Post(Error(Statuses.Expired));
        await harness.Clock.SkipPauseAsync();
        watch = await harness.Server.NextWatchAsync();
        await watch.SendAsync(Added(Of("end", "21")));

        Assert.That(await handler.NextAsync(4), Is.EqualTo(["delete gone 3 unknown", "update changed 2 15", "add new 16", "add end 21"]));
    }

    [Test]
    public async Task AddWhileActive()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1")));
        var watch = await harness.WatchingAsync();
        using var gate = new ManualResetEventSlim();
        var handler = new RecordingHandler { OnCall = _ => gate.Wait(Waiting.Limit) };
        var registration = harness.Informer.AddHandler(handler);
        await watch.SendAsync(Modified(Of("a", "11")));
        Assert.That(registration.HasSynced, Is.False);

        gate.Set();
        await registration.Synced.Soon();
        Assert.That(await handler.NextAsync(2), Is.EqualTo(["add a 1 initial", "update a 1 11"]));
    }

    [Test]
    public async Task ListenerResyncPeriods()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1")));
        var none = new RecordingHandler();
        var often = new RecordingHandler();
        var seldom = new RecordingHandler();
        harness.Informer.AddHandler(none);
        harness.Informer.AddHandler(often, resyncPeriod: TimeSpan.FromSeconds(2));
        harness.Informer.AddHandler(seldom, resyncPeriod: TimeSpan.FromSeconds(3));
        var watch = await harness.WatchingAsync();
        harness.Clock.Advance(TimeSpan.FromSeconds(2));
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        await watch.SendAsync(Added(Of("end", "11")));

        Assert.That(await none.NextAsync(2), Is.EqualTo(["add a 1 initial", "add end 11"]));
        Assert.That(await often.NextAsync(3), Is.EqualTo(["add a 1 initial", "update a 1 1", "add end 11"]));
        Assert.That(await seldom.NextAsync(3), Is.EqualTo(["add a 1 initial", "update a 1 1", "add end 11"]));
        Assert.That(harness.Server.Lists, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task EventPanics()
    {
        var logger = new ListLogger();
        await using var harness = new InformerHarness(logger);
        harness.Server.ThenList(Page("10", Of("bad", "1"), Of("good", "2")));
        var broken = new RecordingHandler { OnCall = call => Fail(call, "add bad") };
        var registration = harness.Informer.AddHandler(broken, "the broken one");
        var watch = await harness.WatchingAsync();
        await watch.SendAsync(Added(Of("later", "11")));

        Assert.That(await broken.NextAsync(2), Is.EqualTo(["add good 2 initial", "add later 11"]), "one failure does not end the handler");
        Assert.That(registration.HasSynced, Is.False);
        Assert.That(logger.Messages, Has.Some.Contains("the broken one").And.Some.Contains("ns/bad"));
    }

    [Test]
    public async Task EventPanics_AfterSync()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10"));
        var handler = new RecordingHandler { OnCall = call => Fail(call, "add bad") };
        var registration = harness.Informer.AddHandler(handler);
        var watch = await harness.WatchingAsync();
        await watch.SendAsync(Added(Of("bad", "11")), Added(Of("good", "12")));
        await handler.NextAsync();

        Assert.That(registration.HasSynced, Is.True);
    }

    private static void Fail(string call, string prefix)
    {
        if (call.StartsWith(prefix, StringComparison.Ordinal))
            throw new InvalidOperationException("boom");
    }
}
