using PrEnv.Tests.Informers;
using PrEnv.Tests.Support;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Conformance;

internal sealed partial class ReflectorTests
{
    [Test]
    public async Task RunUntil()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"));
        var watch = await reflector.Start().Server.NextWatchAsync();
        await watch.SendAsync(Added(Of("a", "11")));
        await reflector.StopAsync();

        await watch.Closed;
        Assert.That(reflector.Names, Is.EqualTo(["a"]), "what was read stays");
        Assert.That(reflector.Server.Watches, Has.Count.EqualTo(1));
    }

    // What comes after the stop is nobody's business any more.
    [Test]
    public async Task ReflectorStopWatch()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"));
        var watch = await reflector.Start().Server.NextWatchAsync();
        await watch.SendAsync(Added(Of("a", "11")));
        await reflector.StopAsync();
        watch.Post(Added(Of("b", "12")));

        await watch.Closed;
        Assert.That(reflector.Names, Is.EqualTo(["a"]));
        Assert.That((reflector.Reflector.LastSyncResourceVersion, watch.TimesClosed), Is.EqualTo(("11", 1)));
    }

    // The list hangs: it is cancelled, and no watch is opened.
    [Test]
    public async Task ReflectorHandleWatchStoppedBefore()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Start();
        await reflector.Server.ListAsked.Soon();
        await reflector.StopAsync();

        Assert.That(reflector.Server.Watches, Is.Empty);
    }

    [Test]
    public async Task ReflectorHandleWatchStoppedAfter()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"));
        var watch = await reflector.Start().Server.NextWatchAsync();
        watch.Post(Added(Of("a", "11")));
        watch.Close();
        var second = await reflector.Server.NextWatchAsync();
        await reflector.StopAsync();

        await second.Closed;
        Assert.That((watch.TimesOpened, watch.TimesClosed, second.TimesOpened, second.TimesClosed), Is.EqualTo((1, 1, 1, 1)));
    }
}
