using PrEnv.Core.Informers;
using PrEnv.Tests.Informers;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Conformance;

internal sealed partial class ReflectorTests
{
    [Test]
    public async Task ReflectorWatchStoppedBefore()
    {
        await using var reflector = new ReflectorHarness();
        await reflector.StopAsync();
        await reflector.Start().StopAsync();

        Assert.That(reflector.Server.Lists, Is.Empty);
        Assert.That(reflector.Server.Watches, Is.Empty);
    }

    [Test]
    public async Task ReflectorWatchStoppedAfter()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"));
        var watch = await reflector.Start().Server.NextWatchAsync();
        await reflector.StopAsync();

        await watch.Closed;
        Assert.That((watch.TimesOpened, watch.TimesClosed), Is.EqualTo((1, 1)));
        Assert.That(reflector.Server.Watches, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CloseWatchChannelOnError()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"), Page("20"));
        var watch = await reflector.Start().Server.NextWatchAsync();
        watch.Post(Error(Statuses.Expired));
        await watch.Closed;
        await reflector.Clock.SkipPauseAsync();
        await reflector.Server.NextWatchAsync();

        Assert.That((watch.TimesOpened, watch.TimesClosed), Is.EqualTo((1, 1)));
        Assert.That(reflector.Server.Lists, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task ReflectorWatchHandler()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10", Of("foo", "1"), Of("bar", "2")));
        var watch = await reflector.Start().Server.NextWatchAsync();
        await watch.SendAsync(
            Deleted(Of("foo", "11")),
            Modified(Of("bar", "12", payload: "new")),
            new WatchEvent<TestObject>(WatchEventType.Added, null, null),
            new WatchEvent<TestObject>((WatchEventType)99, Of("rejected", "13"), "13"),
            Added(Of("baz", "32")));

        Assert.That(reflector.Names, Is.EqualTo(["bar", "baz"]));
        Assert.That(reflector.Store.Get(KeyOf("bar"))!.Payload, Is.EqualTo("new"));
        Assert.That(reflector.Reflector.LastSyncResourceVersion, Is.EqualTo("32"));
    }

    [Test]
    public async Task ReflectorResourceVersionUpdate()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"));
        var watch = await reflector.Start().Server.NextWatchAsync();
        var seen = new List<string>();
        foreach (var change in new[] { Added(Of("a", "11")), Modified(Of("a", "12")), Bookmark("15"), Deleted(Of("a", "20")) })
        {
            await watch.SendAsync(change);
            seen.Add(reflector.Reflector.LastSyncResourceVersion);
        }

        Assert.That(seen, Is.EqualTo(["11", "12", "15", "20"]));
    }

    [Test]
    public async Task ReflectorHandleWatchResultChanClosedAfter()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"));
        var first = await reflector.Start().Server.NextWatchAsync();
        await first.SendAsync(Added(Of("a", "11")));
        first.Close();
        var second = await reflector.Server.NextWatchAsync();

        Assert.That(second.Options.ResourceVersion, Is.EqualTo("11"));
        Assert.That((first.TimesOpened, first.TimesClosed), Is.EqualTo((1, 1)));
        Assert.That(reflector.Server.Lists, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ReflectorHandleWatchResultChanClosedBefore()
    {
        var failures = new List<string>();
        await using var reflector = new ReflectorHarness(new ReflectorOptions { OnFailure = status => failures.Add(status.Reason) });
        reflector.Server.ThenList(Page("10"), Page("10"));
        reflector.Server.ThenWatchSends();
        reflector.Start();

        Assert.That(await reflector.Clock.SkipPauseAsync(), Is.EqualTo(TimeSpan.FromMilliseconds(800)));
        Assert.That(failures, Is.EqualTo(["VeryShortWatch"]));
    }

    [TestCase(1, 0.0, 300)]
    [TestCase(1, 0.5, 450)]
    [TestCase(5, 0.999, 599)]
    [TestCase(20, 0.5, 1800)]
    public async Task WatchTimeout(int minutes, double chance, int expectedSeconds)
    {
        await using var reflector = new ReflectorHarness(new ReflectorOptions { MinWatchTimeout = TimeSpan.FromMinutes(minutes) });
        reflector.Chance = chance;
        reflector.Server.ThenList(Page("10"));
        var watch = await reflector.Start().Server.NextWatchAsync();

        Assert.That(watch.Options.Timeout, Is.EqualTo(TimeSpan.FromSeconds(expectedSeconds)));
    }
}
