using PrEnv.Core.Informers;
using PrEnv.Tests.Informers;
using PrEnv.Tests.Support;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Conformance;

internal sealed class WatchListTests
{
    [Test]
    public async Task WatchList_SyncedAfterTheAnnotatedBookmark()
    {
        await using var reflector = new ReflectorHarness(streaming: true);
        var watch = await reflector.Start().Server.NextWatchAsync();
        Assert.That(watch.Options, Is.EqualTo(new WatchOptions("", TimeSpan.FromMinutes(5), SendInitialEvents: true)));

        await watch.SendAsync(Added(Of("a", "5")), Added(Of("b", "2")));
        Assert.That(reflector.Store.Count, Is.Zero, "not complete yet");
        Assert.That(reflector.Reflector.LastSyncResourceVersion, Is.Empty);

        await watch.SendAsync(Bookmark("10", initialEventsEnd: true));
        Assert.That(reflector.Names, Is.EqualTo(["a", "b"]));
        Assert.That(reflector.Reflector.LastSyncResourceVersion, Is.EqualTo("10"));

        await watch.SendAsync(Added(Of("c", "11")));
        Assert.That(reflector.Names, Is.EqualTo(["a", "b", "c"]));
        Assert.That(reflector.Reflector.LastSyncResourceVersion, Is.EqualTo("11"));
        Assert.That(reflector.Server.Lists, Is.Empty);
        Assert.That((watch.TimesOpened, watch.TimesClosed), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task WatchList_BookmarkWithoutTheAnnotationIsNotEnough()
    {
        await using var reflector = new ReflectorHarness(streaming: true);
        var watch = await reflector.Start().Server.NextWatchAsync();
        await watch.SendAsync(Added(Of("a", "5")), Bookmark("10"));

        Assert.That(reflector.Store.Count, Is.Zero);
    }

    [Test]
    public async Task WatchList_UpdatesAndDeletesDuringStreaming()
    {
        await using var reflector = new ReflectorHarness(streaming: true);
        var watch = await reflector.Start().Server.NextWatchAsync();
        await watch.SendAsync(
            Added(Of("a", "1")), Added(Of("b", "2")), Modified(Of("a", "3", payload: "new")), Deleted(Of("b", "4")), Bookmark("5", true));

        Assert.That(reflector.Names, Is.EqualTo(["a"]));
        Assert.That(reflector.Store.Get(KeyOf("a"))!.Payload, Is.EqualTo("new"));
    }

    [Test]
    public async Task WatchList_UnsupportedServerFallsBack()
    {
        await using var reflector = new ReflectorHarness(streaming: true);
        reflector.Server.ThenWatchFails(Statuses.Invalid).ThenList(Page("10", Of("a", "1")));
        await reflector.Start().Server.NextWatchAsync();
        var watch = await reflector.Server.NextWatchAsync();

        Assert.That(watch.Options.SendInitialEvents, Is.False);
        Assert.That(reflector.Names, Is.EqualTo(["a"]));
    }

    [Test]
    public async Task WatchList_OtherErrorFallsBack()
    {
        await using var reflector = new ReflectorHarness(streaming: true);
        reflector.Server.ThenWatchSends(Added(Of("a", "1")), Error(Statuses.Internal)).ThenList(Page("10", Of("b", "2")));
        reflector.Start();
        await reflector.Server.NextWatchAsync();
        await reflector.Server.NextWatchAsync();

        Assert.That(reflector.Names, Is.EqualTo(["b"]));
    }

    [Test]
    public async Task WatchList_TooManyRequestsIsRetried()
    {
        await using var reflector = new ReflectorHarness(streaming: true);
        reflector.Server.ThenWatchFails(Statuses.TooManyRequests);
        var pause = await reflector.Start().Clock.NextPauseAsync();
        Assert.That(reflector.Reflector.LastListFailure!.IsTooManyRequests, Is.True);
        reflector.Clock.Advance(pause);
        await reflector.Server.NextWatchAsync();
        var watch = await reflector.Server.NextWatchAsync();
        await watch.SendAsync(Bookmark("10", true));

        Assert.That(watch.Options.SendInitialEvents, Is.True);
        Assert.That(reflector.Reflector.LastListFailure, Is.Null);
        Assert.That(reflector.Server.Lists, Is.Empty);
    }

    [Test]
    public async Task WatchList_StreamStoppedBeforeSyncStartsAgainClean()
    {
        await using var reflector = new ReflectorHarness(streaming: true);
        reflector.Server.ThenWatchSends(Added(Of("a", "1")));
        reflector.Start();
        await reflector.Clock.SkipPauseAsync();
        await reflector.Server.NextWatchAsync();
        var watch = await reflector.Server.NextWatchAsync();
        await watch.SendAsync(Added(Of("b", "2")), Bookmark("10", true));

        Assert.That(reflector.Names, Is.EqualTo(["b"]));
    }

    [Test]
    public async Task WatchList_StreamStoppedAfterSyncWatchesAgain()
    {
        await using var reflector = new ReflectorHarness(streaming: true);
        var watch = await reflector.Start().Server.NextWatchAsync();
        await watch.SendAsync(Added(Of("a", "1")), Bookmark("10", true));
        watch.Close();
        var second = await reflector.Server.NextWatchAsync();

        Assert.That((second.Options.ResourceVersion, second.Options.SendInitialEvents), Is.EqualTo(("10", false)));
        Assert.That((watch.TimesOpened, watch.TimesClosed), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task WatchList_ExpiredAfterSyncIsAnErrorUpward()
    {
        await using var reflector = new ReflectorHarness(streaming: true);
        var watch = await reflector.Start().Server.NextWatchAsync();
        await watch.SendAsync(Added(Of("a", "1")), Bookmark("10", true));
        watch.Post(Error(Statuses.Expired));
        await reflector.Clock.SkipPauseAsync();
        var second = await reflector.Server.NextWatchAsync();

        Assert.That((second.Options.ResourceVersion, second.Options.SendInitialEvents), Is.EqualTo(("10", true)));
    }

    [Test]
    public async Task WatchListResourceVersion()
    {
        await using var reflector = new ReflectorHarness(streaming: true);
        var watch = await reflector.Start().Server.NextWatchAsync();
        reflector.Server.ThenWatchFails(Statuses.Expired);
        await watch.SendAsync(Bookmark("10", true));
        watch.Post(Error(Statuses.Expired));
        await reflector.Clock.SkipPauseAsync();
        await reflector.Server.NextWatchAsync();
        await reflector.Server.NextWatchAsync();

        Assert.That(reflector.Server.Watches.Select(w => w.ResourceVersion), Is.EqualTo(["", "10", ""]));
        Assert.That(reflector.Server.Lists, Is.Empty);
    }

    [Test]
    public async Task WatchList_StalledStreamFallsBack()
    {
        await using var reflector = new ReflectorHarness(streaming: true);
        reflector.Server.ThenList(Page("10", Of("a", "1")));
        var stalled = await reflector.Start().Server.NextWatchAsync();
        reflector.Clock.Advance(TimeSpan.FromSeconds(20));
        await stalled.SendAsync(Added(Of("a", "1")));

        // Longer than the limit since the beginning, but not since the last event: the stream is still read.
        reflector.Clock.Advance(TimeSpan.FromSeconds(20));
        await stalled.SendAsync(Added(Of("b", "2")));
        reflector.Clock.Advance(reflector.Options.StreamingListStall);
        await stalled.Closed;
        await reflector.Server.NextWatchAsync();

        Assert.That(reflector.Names, Is.EqualTo(["a"]));
    }

    [Test]
    public async Task InitialEventsEndBookmarkTicker()
    {
        await using var reflector = new ReflectorHarness(streaming: true);
        var watch = await reflector.Start().Server.NextWatchAsync();
        await watch.SendAsync(Added(Of("a", "1")));
        Assert.That(reflector.Logger.Messages, Is.Empty);
        reflector.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.That(reflector.Logger.Messages, Has.One.StartsWith("Warning").And.One.Contains("not complete"));

        await watch.SendAsync(Bookmark("10", true));
        reflector.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.That(reflector.Logger.Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task WatchList_NotSyncedBeforeTheEndBookmark_Cancelled()
    {
        await using var reflector = new ReflectorHarness(streaming: true);
        var watch = await reflector.Start().Server.NextWatchAsync();
        await reflector.StopAsync();

        await watch.Closed.Soon();
        Assert.That(watch.TimesClosed, Is.EqualTo(1));
    }
}
