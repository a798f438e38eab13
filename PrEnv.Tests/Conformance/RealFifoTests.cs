using PrEnv.Core.Informers;
using PrEnv.Tests.Informers;
using PrEnv.Tests.Support;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Conformance;

/// <summary>What lies between the reflector and a handler: the store's changes and the handler's buffer.</summary>
internal sealed class RealFifoTests
{
    [Test]
    public void ReplaceMakesDeletions()
    {
        var store = new Store<TestObject>();
        var a = Of("a", "1");
        var b = Of("b", "2");
        var c = Of("c", "3");
        store.Upsert(a);
        store.Upsert(b);
        var changes = store.Replace([b, c], "10");

        Assert.That(changes, Is.EqualTo(
            [
                new StoreChange<TestObject>(StoreChangeKind.Deleted, KeyOf("a"), a, null, IsFinalStateUnknown: true),
                new StoreChange<TestObject>(StoreChangeKind.Updated, KeyOf("b"), b, b),
                new StoreChange<TestObject>(StoreChangeKind.Added, KeyOf("c"), null, c),
            ]));
        Assert.That(changes[1].IsSameVersion, Is.True);
        Assert.That(store.ResourceVersion, Is.EqualTo("10"));
    }

    [Test]
    public async Task HasSynced()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1")));
        using var gate = new ManualResetEventSlim();
        var registration = harness.Informer.AddHandler(new RecordingHandler { OnCall = _ => gate.Wait(Waiting.Limit) });
        await harness.WatchingAsync();
        Assert.That(harness.Informer.Store.Count, Is.EqualTo(1));
        Assert.That((registration.HasSynced, harness.Informer.HasSynced), Is.EqualTo((false, false)), "fetched is not delivered");

        gate.Set();
        await harness.Informer.WaitForSyncAsync(CancellationToken.None).Soon();
        Assert.That((registration.HasSynced, harness.Informer.HasSynced), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task HasSynced_EmptyList()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10"));
        var registration = harness.Informer.AddHandler(new RecordingHandler());
        await harness.WatchingAsync();

        await registration.Synced.Soon();
    }

    [Test]
    public async Task ReplaceMakesDeletionsForObjectsOnlyInQueue()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10"), Page("20", Of("end", "15")));
        using var gate = new ManualResetEventSlim();
        var handler = new RecordingHandler { OnCall = _ => gate.Wait(Waiting.Limit) };
        harness.Informer.AddHandler(handler);
        var watch = await harness.WatchingAsync();
        await watch.SendAsync(Added(Of("a", "11")), Added(Of("b", "12")));
        watch.Post(Error(Statuses.Expired));
        await harness.Clock.SkipPauseAsync();
        await harness.Server.NextWatchAsync();

        gate.Set();
        var calls = await handler.NextAsync(5);
        Assert.That(calls[..2], Is.EqualTo(["add a 11", "add b 12"]));
        Assert.That(calls[2..4], Is.EquivalentTo(["delete a 11 unknown", "delete b 12 unknown"]));
        Assert.That(calls[4], Is.EqualTo("add end 15"));
    }

    [Test]
    public async Task HasSyncedCorrectOnDeletion()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1")));
        using var gate = new ManualResetEventSlim();
        var handler = new RecordingHandler { OnCall = _ => gate.Wait(Waiting.Limit) };
        var registration = harness.Informer.AddHandler(handler);
        var watch = await harness.WatchingAsync();
        await watch.SendAsync(Deleted(Of("a", "11")));
        Assert.That(registration.HasSynced, Is.False, "the object is gone, but the handler has not heard that it was there");

        gate.Set();
        await registration.Synced.Soon();
        Assert.That(await handler.NextAsync(2), Is.EqualTo(["add a 1 initial", "delete a 11"]));
    }

    [Test]
    public async Task UpdateResyncRace()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1")));
        using var gate = new ManualResetEventSlim();
        var handler = new RecordingHandler { OnCall = _ => gate.Wait(Waiting.Limit) };
        harness.Informer.AddHandler(handler, resyncPeriod: TimeSpan.FromSeconds(1));
        var watch = await harness.WatchingAsync();
        await watch.SendAsync(Modified(Of("a", "11")));
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        await watch.SendAsync(Modified(Of("a", "12")));

        gate.Set();
        Assert.That(await handler.NextAsync(4), Is.EqualTo(["add a 1 initial", "update a 1 11", "update a 11 11", "update a 11 12"]));
    }

    [Test]
    public async Task ResyncNonExisting()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1"), Of("b", "2")));
        var handler = new RecordingHandler();
        harness.Informer.AddHandler(handler, resyncPeriod: TimeSpan.FromSeconds(1));
        var watch = await harness.WatchingAsync();
        await watch.SendAsync(Deleted(Of("a", "11")));
        harness.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That((await handler.NextAsync(4))[2..], Is.EqualTo(["delete a 11", "update b 2 2"]));
    }

    [Test]
    public async Task PopShouldUnblockWhenClosed()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10"));
        var registration = harness.Informer.AddHandler(new RecordingHandler());
        await harness.WatchingAsync();
        await registration.Synced.Soon();
        Assert.That(registration.Completion.IsCompleted, Is.False, "it waits for more");

        await harness.StopAsync();
        await registration.Completion.Soon();
    }

    [Test]
    public async Task DetectLineJumpers()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1")));
        using var gate = new ManualResetEventSlim();
        var handler = new RecordingHandler { OnCall = _ => gate.Wait(Waiting.Limit) };
        harness.Informer.AddHandler(handler);
        var watch = await harness.WatchingAsync();
        await watch.SendAsync(
            Added(Of("b", "11")), Modified(Of("a", "12")), Deleted(Of("b", "13")), Added(Of("b", "14")), Modified(Of("a", "15")));

        gate.Set();
        Assert.That(await handler.NextAsync(6), Is.EqualTo(
            ["add a 1 initial", "add b 11", "update a 1 12", "delete b 13", "add b 14", "update a 12 15"]));
    }

    [Test]
    public async Task ReplaceAtomic()
    {
        var store = new Store<TestObject>();
        TestObject[] even = [.. Enumerable.Range(0, 50).Select(i => Of($"even{i}", "1"))];
        TestObject[] odd = [.. Enumerable.Range(0, 70).Select(i => Of($"odd{i}", "1"))];
        store.Replace(even, "1");
        var reader = Task.Run(() => CountHalves(store, replacements: 200));
        for (var i = 0; !reader.IsCompleted; i++)
            store.Replace(i % 2 == 0 ? odd : even, $"{i}");

        Assert.That(await reader.Soon(), Is.Zero, "half a replacement was seen");
    }

    /// <summary>Reads until so many replacements have been seen; how often was half of one seen?</summary>
    private static int CountHalves(Store<TestObject> store, int replacements)
    {
        var (halves, last) = (0, "");
        for (var seen = 0; seen < replacements;)
        {
            var kinds = string.Concat(store.List().Select(item => item.Metadata.Name[0]).Distinct());
            halves += kinds.Length == 1 ? 0 : 1;
            seen += kinds == last ? 0 : 1;
            last = kinds;
        }

        return halves;
    }
}
