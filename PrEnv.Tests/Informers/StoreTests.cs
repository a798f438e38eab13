using CsCheck;
using PrEnv.Core.Informers;
using static PrEnv.Tests.Informers.TestObject;

namespace PrEnv.Tests.Informers;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class StoreTests
{
    private static readonly IGen<string>[] Words = [.. new[] { "", "x", "y", "x y", "z" }.Select(word => Gen.Const(word))];

    private readonly Store<TestObject> _store = new(new Dictionary<string, Func<TestObject, IEnumerable<string>>>(StringComparer.Ordinal)
    {
        ["words"] = item => item.Payload.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal),
    });

    [Test]
    public void Upsert_NewThenChanged_TellsOldAndNew()
    {
        var a1 = Of("a", "1");
        var a2 = Of("a", "2");

        Assert.That(_store.Upsert(a1), Is.EqualTo(new StoreChange<TestObject>(StoreChangeKind.Added, KeyOf("a"), null, a1)));
        Assert.That(_store.Upsert(a2), Is.EqualTo(new StoreChange<TestObject>(StoreChangeKind.Updated, KeyOf("a"), a1, a2)));
        Assert.That(_store.Get(KeyOf("a")), Is.SameAs(a2));
        Assert.That(_store.ResourceVersion, Is.EqualTo("2"));
    }

    [Test]
    public void Refine_SameVersion_IsInItsPlaceAndNoNews()
    {
        _store.Upsert(Of("a", "1", payload: "red"));
        _store.Upsert(Of("b", "2"));
        var fuller = Of("a", "1", payload: "red blue");

        _store.Refine(fuller);

        Assert.That(_store.Get(KeyOf("a")), Is.SameAs(fuller));
        Assert.That(_store.ByIndex("words", "blue"), Is.EqualTo(new[] { fuller }));
        Assert.That(_store.ResourceVersion, Is.EqualTo("2"));
    }

    [TestCase("1", "other")]
    [TestCase("2", "uid")]
    public void Refine_AnotherVersionOrObject_ChangesNothing(string version, string uid)
    {
        var known = Of("a", "1", uid: "uid");
        _store.Upsert(known);

        _store.Refine(Of("a", version, payload: "red", uid: uid));
        _store.Refine(Of("b", "1", payload: "red"));

        Assert.That(_store.List(), Is.EqualTo(new[] { known }));
    }

    [Test]
    public void Replace_OfOneNamespace_LeavesTheOthers()
    {
        _store.Upsert(Of("a", "1"));
        var other = Of("b", "2") with { Metadata = Of("b", "2").Metadata with { Namespace = "other" } };
        _store.Upsert(other);

        var changes = _store.Replace([], "3", "ns");

        Assert.That(changes.Single().Key, Is.EqualTo(KeyOf("a")));
        Assert.That(_store.List(), Is.EqualTo(new[] { other }));
    }

    [Test]
    public void Delete_KnownKey_TellsTheFinalState()
    {
        _store.Upsert(Of("a", "1", payload: "red"));
        var final = Of("a", "2", payload: "blue");

        Assert.That(_store.Delete(final), Is.EqualTo(new StoreChange<TestObject>(StoreChangeKind.Deleted, KeyOf("a"), final, null)));
        Assert.That(_store.Delete(final), Is.Null);
        Assert.That(_store.ByIndex("words", "red"), Is.Empty);
        Assert.That(_store.BucketCount("words"), Is.Zero);
    }

    [Test]
    public void Replace_SameVersionOfAnotherUid_IsAChange()
    {
        _store.Upsert(Of("a", "1", uid: "first"));
        Assert.That(_store.Replace([Of("a", "1", uid: "second")], "2")[0].IsSameVersion, Is.False);
    }

    [Test]
    public void ByIndex_UnknownIndex_IsAnError() =>
        Assert.That(() => _store.ByIndex("nope", "x"), Throws.ArgumentException);

    [Test]
    public void Index_AnyChanges_EqualsARebuild() =>
        Gen.Select(Gen.Int[0, 5], Gen.OneOf(Words), Gen.Bool).Array[0, 40].Sample(steps =>
        {
            var instance = new StoreTests();
            var version = 0;
            foreach (var (name, payload, delete) in steps)
            {
                var item = Of($"o{name}", $"{++version}", payload: payload);
                if (delete)
                    instance._store.Delete(item);
                else
                    instance._store.Upsert(item);
            }

            foreach (var word in "xyz".Select(letter => letter.ToString()))
            {
                Assert.That(
                    Names(instance._store.ByIndex("words", word)),
                    Is.EqualTo(Names(instance._store.List().Where(item => item.Payload.Contains(word, StringComparison.Ordinal)))));
            }
        });

    private static string[] Names(IEnumerable<TestObject> items) =>
        items.Select(item => item.Metadata.Name).Order(StringComparer.Ordinal).ToArray();
}
