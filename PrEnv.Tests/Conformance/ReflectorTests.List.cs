using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Tests.Informers;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Conformance;

internal sealed partial class ReflectorTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // Not client-go's.
    [TestCase(false)]
    [TestCase(true)]
    public async Task List_StartsCurrent_NeverAsksForAnyVersion(bool fails)
    {
        await using var reflector = new ReflectorHarness(new ReflectorOptions { StartsCurrent = true });
        if (fails)
            reflector.Server.ThenListFails(Statuses.TooManyRequests);
        reflector.Server.ThenList(Page("10")).ThenWatchFails(Statuses.Expired).ThenList(Page("20"));
        reflector.Start();
        if (fails)
            await reflector.Clock.SkipPauseAsync();
        await reflector.Server.NextWatchAsync();
        await reflector.Clock.SkipPauseAsync();
        await reflector.Server.NextWatchAsync();

        Assert.That(reflector.ListVersions, Is.EqualTo(fails ? ["", "", "10"] : (string[])["", "10"]));
    }

    [Test]
    public async Task ReflectorListAndWatch_ListMode()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10", Of("a", "5")));
        var watch = await reflector.Start().Server.NextWatchAsync();

        Assert.That(reflector.Server.Lists, Is.EqualTo([new ListOptions("0", 500)]));
        Assert.That(watch.Options, Is.EqualTo(new WatchOptions("10", TimeSpan.FromMinutes(5))));
        Assert.That(reflector.Names, Is.EqualTo(["a"]));
        Assert.That(reflector.Store.ResourceVersion, Is.EqualTo("10"));
    }

    [Test]
    public async Task ReflectorListAndWatch_WatchListMode()
    {
        await using var reflector = new ReflectorHarness(streaming: true);
        var first = await reflector.Start().Server.NextWatchAsync();
        await first.SendAsync(Added(Of("a", "5")), Bookmark("10", initialEventsEnd: true));
        reflector.Clock.Advance(TimeSpan.FromMinutes(5));
        first.Close();
        var second = await reflector.Server.NextWatchAsync();

        Assert.That(reflector.Server.Lists, Is.Empty);
        Assert.That(first.Options, Is.EqualTo(new WatchOptions("", TimeSpan.FromMinutes(5), SendInitialEvents: true)));
        Assert.That(second.Options, Is.EqualTo(new WatchOptions("10", TimeSpan.FromMinutes(5))));
        Assert.That(reflector.Names, Is.EqualTo(["a"]));
        Assert.That(reflector.Store.ResourceVersion, Is.EqualTo("10"));
    }

    [Test]
    public async Task ReflectorWatchListPageSize()
    {
        await using var reflector = new ReflectorHarness(new ReflectorOptions { PageSize = 4 });
        reflector.Server.ThenList(
            new ListPage<TestObject>([.. Items(0, 4)], "10", "c1"),
            new ListPage<TestObject>([.. Items(4, 4)], "10", "c2"),
            new ListPage<TestObject>([.. Items(8, 2)], "10", null));
        await reflector.Start().Server.NextWatchAsync();

        Assert.That(reflector.Server.Lists, Is.EqualTo(
            [new ListOptions("0", 4), new ListOptions("", 4, "c1"), new ListOptions("", 4, "c2")]));
        Assert.That(reflector.Store.Count, Is.EqualTo(10));
    }

    [Test]
    public async Task ReflectorNotPaginatingNotConsistentReads()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"), Page("12"));
        await RelistAsync(reflector.Start());

        Assert.That(reflector.Server.Lists, Is.EqualTo([new ListOptions("0", 500), new ListOptions("10")]));
    }

    [Test]
    public async Task ReflectorPaginatingNonConsistentReadsIfWatchCacheDisabled()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(
            new ListPage<TestObject>([.. Items(0, 2)], "10", "c1"),
            new ListPage<TestObject>([.. Items(2, 2)], "10", null),
            Page("12"));
        await RelistAsync(reflector.Start());

        Assert.That(reflector.Server.Lists.Last(), Is.EqualTo(new ListOptions("10", 500)));
    }

    [Test]
    public async Task ReflectorResyncWithResourceVersion()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10"), Page("20"));
        var watch = await RelistAsync(reflector.Start());
        Assert.That(watch.Options.ResourceVersion, Is.EqualTo("20"));

        Assert.That(reflector.ListVersions, Is.EqualTo(["0", "10"]));
    }

    [Test]
    public async Task ReflectorExpiredExactResourceVersion()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10")).ThenListFails(Statuses.Expired).ThenList(Page("30"));
        await RelistAsync(reflector.Start());

        Assert.That(reflector.ListVersions, Is.EqualTo(["0", "10", ""]));
        Assert.That(reflector.Server.Lists.Last().Limit, Is.EqualTo(500));
    }

    [Test]
    public async Task ReflectorExpiredExactResourceVersion_ThenGoesOnFromTheNewOne()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10")).ThenListFails(Statuses.Expired).ThenList(Page("30"), Page("40"));
        var watch = await RelistAsync(reflector.Start());
        await RelistAsync(reflector, watch);

        Assert.That(reflector.ListVersions, Is.EqualTo(["0", "10", "", "30"]));
    }

    [Test]
    public async Task ReflectorFullListIfExpired()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(new ListPage<TestObject>([.. Items(0, 2)], "10", "c1"))
            .ThenListFails(Statuses.Expired)
            .ThenList(Page("11", Items(0, 5)));
        await reflector.Start().Server.NextWatchAsync();

        Assert.That(reflector.Server.Lists, Is.EqualTo(
            [new ListOptions("0", 500), new ListOptions("", 500, "c1"), new ListOptions("0")]));
        Assert.That(reflector.Store.Count, Is.EqualTo(5));
        Assert.That(reflector.Reflector.LastSyncResourceVersion, Is.EqualTo("11"));
    }

    private static IEnumerable<ApiStatus> TooLargeSpellings() =>
    [
        new ApiStatus(504, "Timeout", "Too large resource version: 30, current: 20", null, ["ResourceVersionTooLarge"]),
        new ApiStatus(504, "Timeout", "a message", null, ["Too large resource version"]),
        new ApiStatus(504, "Timeout", "Too large resource version: 30, current: 20"),
    ];

    [TestCaseSource(nameof(TooLargeSpellings))]
    public async Task ReflectorFullListIfTooLarge(ApiStatus spelling)
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("30")).ThenListFails(spelling).ThenList(Page("20"));
        await RelistAsync(reflector.Start());

        Assert.That(reflector.ListVersions, Is.EqualTo(["0", "30", ""]));
    }

    [Test]
    public async Task ReflectorReplacesStoreOnUnsafeDelete()
    {
        await using var reflector = new ReflectorHarness();
        reflector.Server.ThenList(Page("10", Of("a", "1"), Of("corrupt", "2")), Page("20", Of("a", "1")));
        var watch = await reflector.Start().Server.NextWatchAsync();
        watch.Post(Error(new ApiStatus(500, "StorageReadError", "data from the storage is not transformable")));
        await reflector.Clock.SkipPauseAsync();
        await reflector.Server.NextWatchAsync();

        Assert.That(reflector.Names, Is.EqualTo(["a"]));
    }

    [Test]
    public async Task ReflectorRespectStoreTransformer()
    {
        await using var reflector = new ReflectorHarness(transform: item => item with { Payload = "stripped" });
        reflector.Server.ThenList(Page("10", Of("a", "1", payload: "managedFields")));
        var watch = await reflector.Start().Server.NextWatchAsync();
        await watch.SendAsync(Added(Of("b", "11", payload: "managedFields")));

        Assert.That(reflector.Store.List().Select(item => item.Payload), Is.All.EqualTo("stripped"));
    }

    [Test]
    public async Task ReflectorRespectStoreTransformer_ThatThrows_FailsTheListAsAWhole()
    {
        var broken = true;
        await using var reflector = new ReflectorHarness(
            transform: item => broken && item.Metadata.Name == "b" ? throw new InvalidOperationException("boom") : item);
        reflector.Server.ThenList(Page("10", Of("a", "1"), Of("b", "2")), Page("10", Of("a", "1"), Of("b", "2")));
        var pause = await reflector.Start().Clock.NextPauseAsync();
        Assert.That(reflector.Store.Count, Is.Zero, "a list without b would look like the deletion of b");

        broken = false;
        reflector.Clock.Advance(pause);
        await reflector.Server.NextWatchAsync();
        Assert.That(reflector.Names, Is.EqualTo(["a", "b"]));
    }

    /// <summary>Makes the reflector list again, by an expired watch.</summary>
    private static async Task<ScriptedWatch> RelistAsync(ReflectorHarness reflector, ScriptedWatch? watch = null)
    {
        watch ??= await reflector.Server.NextWatchAsync();
        watch.Post(Error(Statuses.Expired));
        Assert.That(await reflector.Clock.SkipPauseAsync(), Is.LessThanOrEqualTo(2 * Second));
        return await reflector.Server.NextWatchAsync();
    }

    private static TestObject[] Items(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => Of($"item-{i:00}", $"{i + 1}"))];
}
