using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Informers;

internal sealed class ReflectorWatchTests
{
    [Test]
    public async Task Run_CancelledWhilePausing_Completes()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenListFails(Statuses.Internal);
        await reflector.Start().Clock.NextPauseAsync();
        await reflector.StopAsync();
    }

    [Test]
    public async Task Run_Twice_IsAnError()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"));
        await reflector.Start().Server.NextWatchAsync();

        Assert.That(
            async () => await reflector.Reflector.RunAsync(CancellationToken.None), Throws.InvalidOperationException);
    }

    [Test]
    public async Task Watch_TransformerThrows_EventIsSkippedAndTheWatchGoesOn()
    {
        await using var reflector = new ReflectorHarness(
            transform: item => item.Metadata.Name == "bad" ? throw new InvalidOperationException("boom") : item);
        reflector.Server.ThenList(Page("10"));
        var watch = await reflector.Start().Server.NextWatchAsync();
        await watch.SendAsync(Added(Of("bad", "11")), Added(Of("good", "12")));

        Assert.That(reflector.Names, Is.EqualTo(["good"]));
    }

    [TestCase("0")]
    [TestCase("")]
    public async Task Watch_FromNoVersion_IsNotAdvancedByTheUnorderedAdditions(string version)
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page(version));
        var watch = await reflector.Start().Server.NextWatchAsync();
        await watch.SendAsync(Added(Of("a", "50")), Added(Of("b", "20")));
        Assert.That(reflector.Reflector.LastSyncResourceVersion, Is.EqualTo(version));

        await watch.SendAsync(Bookmark("60"), Added(Of("c", "61")));
        Assert.That(reflector.Reflector.LastSyncResourceVersion, Is.EqualTo("61"));
    }

    [Test]
    public async Task Watch_QuietButLong_IsNoError()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"));
        var first = await reflector.Start().Server.NextWatchAsync();
        reflector.Clock.Advance(TimeSpan.FromSeconds(1));
        first.Close();
        await reflector.Server.NextWatchAsync();

        Assert.That(reflector.Server.Lists, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Watch_ServerForgetsToClose_IsClosedHereAndGoesOn()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"));
        var first = await reflector.Start().Server.NextWatchAsync();
        reflector.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.That(first.TimesClosed, Is.Zero, "the server has a little more than its time");
        reflector.Clock.Advance(reflector.Options.WatchDeadlineSlack);
        await first.Closed;

        Assert.That((await reflector.Server.NextWatchAsync()).Options.ResourceVersion, Is.EqualTo("10"));
        Assert.That(reflector.Server.Lists, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Watch_ConnectionBreaks_GoesOnAfterAPauseWithoutList()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"));
        var first = await reflector.Start().Server.NextWatchAsync();
        await first.SendAsync(Added(Of("a", "11")));
        first.Break(new IOException("connection reset"));
        await reflector.Clock.SkipPauseAsync();

        Assert.That((await reflector.Server.NextWatchAsync()).Options.ResourceVersion, Is.EqualTo("11"));
        Assert.That(reflector.Server.Lists, Has.Count.EqualTo(1));
    }
}
