using PrEnv.Core.Informers;
using PrEnv.Tests.Informers;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Conformance;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ThreadSafeStoreTests
{
    private readonly Store<TestObject> _store = new(new Dictionary<string, Func<TestObject, IEnumerable<string>>>(StringComparer.Ordinal)
    {
        ["words"] = item => item.Payload.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal),
    });

    [Test]
    public void ThreadSafeStoreDeleteRemovesEmptySetsFromIndex()
    {
        _store.Upsert(Of("a", "1", payload: "red"));
        Assert.That(_store.BucketCount("words"), Is.EqualTo(1));

        _store.Delete(Of("a", "2", payload: "red"));
        Assert.That(_store.BucketCount("words"), Is.Zero);
    }

    [Test]
    public void ThreadSafeStoreAddKeepsNonEmptySetPostDeleteFromIndex()
    {
        _store.Upsert(Of("a", "1", payload: "red"));
        _store.Upsert(Of("b", "2", payload: "red"));
        _store.Delete(Of("a", "3", payload: "red"));

        Assert.That(Names(_store.ByIndex("words", "red")), Is.EqualTo(["b"]));
        Assert.That(_store.BucketCount("words"), Is.EqualTo(1));
    }

    [Test]
    public void ThreadSafeStoreIndexingFunctionsWithMultipleValues()
    {
        _store.Upsert(Of("a", "1", payload: "red blue"));
        _store.Upsert(Of("b", "2", payload: "red"));
        Assert.That(_store.BucketCount("words"), Is.EqualTo(2));

        _store.Upsert(Of("a", "3", payload: "green"));
        Assert.That(_store.BucketCount("words"), Is.EqualTo(2), "blue is gone, red is b's, green is new");
        Assert.That(Names(_store.ByIndex("words", "red")), Is.EqualTo(["b"]));
        Assert.That(Names(_store.ByIndex("words", "green")), Is.EqualTo(["a"]));
        Assert.That(_store.ByIndex("words", "blue"), Is.Empty);
    }

    [Test]
    public void ThreadSafeStoreKeepsTheResourceVersion()
    {
        _store.Bookmark("7");
        _store.Bookmark("");
        Assert.That(_store.ResourceVersion, Is.EqualTo("7"));
    }

    private static string[] Names(IEnumerable<TestObject> items) =>
        items.Select(item => item.Metadata.Name).Order(StringComparer.Ordinal).ToArray();
}
