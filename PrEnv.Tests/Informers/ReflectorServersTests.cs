using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Informers;

/// <summary>What servers and networks do that client-go has no case for.</summary>
internal sealed class ReflectorServersTests
{
    [Test]
    public async Task Watch_VersionsGoBack_ListsAgain()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"), Page("20", Of("a", "12"), Of("b", "13")));
        var watch = await reflector.Start().Server.NextWatchAsync();
        watch.Post(Added(Of("b", "13")));
        watch.Post(Added(Of("a", "12", payload: "older than what was seen")));
        await watch.Closed;
        await reflector.Clock.SkipPauseAsync();
        await reflector.Server.NextWatchAsync();

        Assert.That(reflector.ListVersions, Is.EqualTo(["0", "13"]));
        Assert.That(reflector.Names, Is.EqualTo(["a", "b"]));
        Assert.That(reflector.Store.Get(KeyOf("a"))!.Payload, Is.Empty);
    }

    [TestCase(0)]
    [TestCase(504)]
    public async Task List_TooLongForABusyServer_IsReadInPagesTheNextTime(int code)
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10")).ThenListFails(new ApiStatus(code, "Timeout", "late")).ThenList(Page("20"), Page("30"));
        for (var relists = 0; relists < 2; relists++)
        {
            var watch = relists == 0 ? await reflector.Start().Server.NextWatchAsync() : await reflector.Server.NextWatchAsync();
            watch.Post(Error(new ApiStatus(410, "Expired", "too old")));
            await reflector.Clock.SkipPauseAsync();
            if (relists == 0)
                await reflector.Clock.SkipPauseAsync();
        }

        await reflector.Server.NextWatchAsync();
        Assert.That(reflector.Server.Lists, Is.EqualTo(
            [new ListOptions("0", 500), new ListOptions("10"), new ListOptions("", 500), new ListOptions("20")]));
    }

    [Test]
    public async Task Watch_SameEventTwice_ChangesNothing()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"));
        var watch = await reflector.Start().Server.NextWatchAsync();
        await watch.SendAsync(Added(Of("a", "11")), Added(Of("a", "11")), Deleted(Of("a", "12")), Deleted(Of("a", "12")), Bookmark("12"));

        Assert.That(reflector.Names, Is.Empty);
        Assert.That(reflector.Server.Lists, Has.Count.EqualTo(1));
    }

    // Versions are opaque by contract.
    [Test]
    public async Task Watch_VersionsThatAreNoNumbers_AreTakenAsTheyCome()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("z"));
        var watch = await reflector.Start().Server.NextWatchAsync();
        await watch.SendAsync(Added(Of("a", "y")), Added(Of("b", "x")));

        Assert.That(reflector.Names, Is.EqualTo(["a", "b"]));
        Assert.That(reflector.Reflector.LastSyncResourceVersion, Is.EqualTo("x"));
    }

    [Test]
    public async Task Watch_ServiceUnavailable_GoesOnAfterItsTimeWithoutList()
    {
        await using var reflector = new ReflectorHarness();
        var unavailable = new ApiStatus(503, "ServiceUnavailable", "starting", TimeSpan.FromSeconds(7));
        reflector.Server.ThenList(Page("10")).ThenWatchFails(unavailable);
        reflector.Start();

        Assert.That(await reflector.Clock.SkipPauseAsync(), Is.EqualTo(TimeSpan.FromSeconds(7)));
        await reflector.Server.NextWatchAsync();
        Assert.That((await reflector.Server.NextWatchAsync()).Options.ResourceVersion, Is.EqualTo("10"));
        Assert.That(reflector.Server.Lists, Has.Count.EqualTo(1));
    }

    [TestCase(3600)]
    [TestCase(int.MaxValue)]
    public async Task Pause_RetryAfterBeyondReason_IsCapped(int seconds)
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenListFails(Statuses.TooManyRequests with { RetryAfter = TimeSpan.FromSeconds(seconds) }).ThenList(Page("10"));
        reflector.Start();

        Assert.That(await reflector.Clock.SkipPauseAsync(), Is.EqualTo(reflector.Options.RetryAfterCap));
        await reflector.Server.NextWatchAsync();
    }

    [TestCase(-1)]
    [TestCase(1)]
    public async Task Watch_WallClockJumps_ChangesNoPauseAndNoDeadline(int days)
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10")).ThenWatchFails(Statuses.TooManyRequests);
        var pause = await reflector.Start().Clock.NextPauseAsync();
        reflector.Clock.WallClockOffset = TimeSpan.FromDays(days);
        reflector.Clock.Advance(pause);
        await reflector.Server.NextWatchAsync();
        var watch = await reflector.Server.NextWatchAsync();
        reflector.Clock.Advance(watch.Options.Timeout);
        Assert.That(watch.TimesClosed, Is.Zero);

        reflector.Clock.Advance(reflector.Options.WatchDeadlineSlack);
        await watch.Closed;
        Assert.That(pause, Is.EqualTo(reflector.Options.BackoffBase));
        Assert.That(reflector.Server.Lists, Has.Count.EqualTo(1));
    }
}
