using PrEnv.Core.Informers;
using PrEnv.Tests.Support;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Informers;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class MutationCacheTests : IDisposable
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(1);

    private readonly TestClock _clock = new();
    private readonly Store<TestObject> _store = new(new Dictionary<string, Func<TestObject, IEnumerable<string>>>(StringComparer.Ordinal)
    {
        ["payload"] = item => [item.Payload],
    });

    private readonly MutationCache<TestObject> _cache;

    public MutationCacheTests() => _cache = new MutationCache<TestObject>(_store, TimeToLive, _clock);

    public void Dispose() => _cache.Dispose();

    [Test]
    public void Get_AfterOwnWrite_NeverShowsAnOlderState()
    {
        _store.Upsert(Of("a", "5"));
        _cache.Mutated(Of("a", "10"));
        Assert.That(Version("a"), Is.EqualTo("10"));

        _store.Upsert(Of("a", "7"));
        Assert.That(Version("a"), Is.EqualTo("10"), "the store is on its way, but not there yet");
        Assert.That(_cache.Count, Is.EqualTo(1));
    }

    [TestCase("10")]
    [TestCase("11")]
    [TestCase("100", Description = "as text it would be older than 11")]
    public void Get_StoreHasCaughtUp_ShowsTheStoreAndDropsTheWrite(string version)
    {
        _cache.Mutated(Of("a", "10"));
        _store.Upsert(Of("a", version));

        Assert.That(Version("a"), Is.EqualTo(version));
        Assert.That(_cache.Count, Is.Zero);
    }

    [Test]
    public void Mutated_StoreWasFaster_IsIgnored()
    {
        _store.Upsert(Of("a", "12"));
        _cache.Mutated(Of("a", "10"));

        Assert.That(Version("a"), Is.EqualTo("12"));
        Assert.That(_cache.Count, Is.Zero);
    }

    [Test]
    public void Mutated_OlderThanAnEarlierWrite_IsIgnored()
    {
        _cache.Mutated(Of("a", "12"));
        _cache.Mutated(Of("a", "10"));
        Assert.That(Version("a"), Is.EqualTo("12"));
        _cache.Mutated(Of("a", "13"));
        Assert.That(Version("a"), Is.EqualTo("13"));
    }

    [Test]
    public void Get_StoreSawTheDeletion_ShowsNothing()
    {
        _store.Upsert(Of("a", "5"));
        _cache.Mutated(Of("a", "10"));
        _store.Delete(Of("a", "12"));

        Assert.That(_cache.Get(KeyOf("a")), Is.Null);
        Assert.That(_cache.Count, Is.Zero);
    }

    [Test]
    public void Mutated_AfterTheStoreSawTheDeletion_DoesNotRaiseTheDead()
    {
        _store.Upsert(Of("a", "10"));
        _store.Delete(Of("a", "12"));
        _cache.Mutated(Of("a", "10"));

        Assert.That(_cache.Get(KeyOf("a")), Is.Null);
    }

    [Test]
    public void Get_DeletionOfAnEarlierObjectOfThatName_KeepsTheNewOne()
    {
        _store.Upsert(Of("a", "5", uid: "first"));
        _cache.Mutated(Of("a", "10", uid: "second"));
        _store.Delete(Of("a", "8", uid: "first"));

        Assert.That(_cache.Get(KeyOf("a"))!.Metadata.Uid, Is.EqualTo("second"));
    }

    [Test]
    public void Get_RecreatedInTheStore_DropsTheWriteToTheOldOne()
    {
        _store.Upsert(Of("a", "opaque-1", uid: "first"));
        _cache.Mutated(Of("a", "opaque-2", uid: "first"));
        _store.Upsert(Of("a", "opaque-9", uid: "second"));

        Assert.That(_cache.Get(KeyOf("a"))!.Metadata.Uid, Is.EqualTo("second"));
    }

    // Its labels left the selection, and came back.
    [Test]
    public void Mutated_ObjectThatWentIsBack_LiesOverTheStoreAgain()
    {
        _store.Upsert(Of("a", "5"));
        _store.Delete(Of("a", "6"));
        _cache.Mutated(Of("a", "7"));
        Assert.That(_cache.Get(KeyOf("a")), Is.Null, "while it is away");
        _store.Upsert(Of("a", "8"));
        _cache.Mutated(Of("a", "9"));

        Assert.That(Version("a"), Is.EqualTo("9"));
    }

    [Test]
    public void Replace_NewerListWithoutTheObject_ProvesThatItIsGone()
    {
        _cache.Mutated(Of("a", "10"));
        _store.Replace([], "9");
        Assert.That(Version("a"), Is.EqualTo("10"), "a list from before the write proves nothing");
        _store.Replace([], "10");

        Assert.That(_cache.Get(KeyOf("a")), Is.Null);
    }

    [Test]
    public void Replace_OfAnotherNamespace_ProvesNothing()
    {
        _cache.Mutated(Of("a", "10"));
        _store.Replace([], "11", "other");
        Assert.That(Version("a"), Is.EqualTo("10"));
        _store.Replace([], "12", "ns");

        Assert.That(_cache.Get(KeyOf("a")), Is.Null);
    }

    [Test]
    public void Get_StoreDoesNotCatchUpInTime_ShowsTheStoreAgain()
    {
        _store.Upsert(Of("a", "5"));
        _cache.Mutated(Of("a", "10"));
        _clock.Advance(TimeToLive - TimeSpan.FromSeconds(1));
        Assert.That(Version("a"), Is.EqualTo("10"));
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(Version("a"), Is.EqualTo("5"));
        Assert.That(_cache.Count, Is.Zero);
    }

    [Test]
    public void Get_WrittenAgain_LivesFromTheLastWriteOn()
    {
        _cache.Mutated(Of("a", "10"));
        _clock.Advance(TimeToLive / 2);
        _cache.Mutated(Of("a", "11"));
        _clock.Advance(TimeToLive / 2);

        Assert.That(Version("a"), Is.EqualTo("11"));
    }

    [Test]
    public void Get_VersionsAreNoNumbers_PrefersTheWriteUntilTheStoreChanges()
    {
        _store.Upsert(Of("a", "old"));
        _cache.Mutated(Of("a", "new"));
        Assert.That(Version("a"), Is.EqualTo("new"));
        _store.Upsert(Of("a", "another"));

        Assert.That(Version("a"), Is.EqualTo("another"));
    }

    [Test]
    public void ByIndex_OwnWrites_AreFoundUnderTheirNewValueOnly()
    {
        _store.Upsert(Of("a", "5", payload: "red"));
        _store.Upsert(Of("b", "6", payload: "red"));
        _cache.Mutated(Of("a", "10", payload: "blue"));
        _cache.Mutated(Of("c", "11", payload: "blue"));

        Assert.That(Names(_cache.ByIndex("payload", "red")), Is.EqualTo(["b"]));
        Assert.That(Names(_cache.ByIndex("payload", "blue")), Is.EqualTo(["a", "c"]));
        Assert.That(Names(_cache.List()), Is.EqualTo(["a", "b", "c"]));
    }

    private static string[] Names(IEnumerable<TestObject> items) =>
        items.Select(item => item.Metadata.Name).Order(StringComparer.Ordinal).ToArray();

    private string? Version(string name) => _cache.Get(KeyOf(name))?.Metadata.ResourceVersion;
}
