using PrEnv.Core.Informers;
using PrEnv.Tests.Informers;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Conformance;

/// <summary>The cases of client-go's own small controller, which is an informer with handlers.</summary>
internal sealed class InformerControllerTests
{
    [Test]
    public async Task Update()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1")));
        var handler = new RecordingHandler();
        harness.Informer.AddHandler(handler);
        var watch = await harness.WatchingAsync();
        await watch.SendAsync(Added(Of("b", "11")), Modified(Of("a", "12")), Deleted(Of("b", "13")));

        Assert.That(await handler.NextAsync(4), Is.EqualTo(["add a 1 initial", "add b 11", "update a 1 12", "delete b 13"]));
    }

    [Test]
    public async Task ReplaceEvents()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(
            Page("10", Of("same", "1"), Of("changed", "2"), Of("gone", "3"), Of("replaced", "4", uid: "first")),
            Page("20", Of("same", "1"), Of("changed", "15"), Of("new", "16"), Of("replaced", "17", uid: "second")));
        var handler = new RecordingHandler();
        harness.Informer.AddHandler(handler);
        var watch = await harness.WatchingAsync();
        await handler.NextAsync(4);
        watch.Post(Error(Statuses.Expired));
        await harness.Clock.SkipPauseAsync();
        await harness.Server.NextWatchAsync();

        Assert.That(await handler.NextAsync(5), Is.EqualTo(
            ["delete gone 3 unknown", "update changed 2 15", "add new 16", "delete replaced 4 unknown", "add replaced 17"]));
    }

    [Test]
    public async Task ResetWatch()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10", Of("a", "1")));
        var handler = new RecordingHandler();
        harness.Informer.AddHandler(handler);
        var watch = await harness.WatchingAsync();
        await watch.SendAsync(Modified(Of("a", "11")));
        watch.Close();
        var second = await harness.Server.NextWatchAsync();
        await second.SendAsync(Modified(Of("a", "12")));

        Assert.That(second.Options.ResourceVersion, Is.EqualTo("11"));
        Assert.That(await handler.NextAsync(3), Is.EqualTo(["add a 1 initial", "update a 1 11", "update a 11 12"]));
        Assert.That(harness.Server.Lists, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task HammerController()
    {
        await using var harness = new InformerHarness();
        harness.Server.ThenList(Page("10"));
        var handler = new RecordingHandler();
        harness.Informer.AddHandler(handler);
        var watch = await harness.WatchingAsync();
        var gate = new Lock();
        var (version, live, count) = (10, new Dictionary<string, TestObject>(StringComparer.Ordinal), 0);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(writer => Task.Run(() =>
        {
            var random = new Random(writer);
            for (var i = 0; i < 100; i++)
            {
                var name = $"o{random.Next(15)}";
                lock (gate)
                {
                    var item = Of(name, $"{++version}");
                    count++;
                    if (random.Next(3) == 0 && live.Remove(name))
                    {
                        watch.Post(Deleted(item));
                        continue;
                    }

                    watch.Post(live.ContainsKey(name) ? Modified(item) : Added(item));
                    live[name] = item;
                }
            }
        })));

        await handler.NextAsync(count);
        Assert.That(harness.Informer.Store.List().ToDictionary(item => item.Metadata.Name, StringComparer.Ordinal), Is.EquivalentTo(live));
    }

    [Test]
    public void DeletionHandlingObjectToName() =>
        Assert.That(new Tombstone<TestObject>(KeyOf("a"), null, true).Key.ToString(), Is.EqualTo("ns/a"));
}
