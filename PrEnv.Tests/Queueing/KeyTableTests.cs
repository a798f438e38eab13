using CsCheck;
using PrEnv.Core.Queueing;

namespace PrEnv.Tests.Queueing;

internal sealed class KeyTableTests
{
    [Test]
    public void AnySequence_ComparedWithADictionary_BehavesTheSame() =>
        Gen.Select(Gen.Frequency((3, Gen.Const(true)), (2, Gen.Const(false))), Gen.Int[0, 99]).Array[0, 400].Sample(steps =>
        {
            var table = new KeyTable<Colliding>();
            var model = new Dictionary<Colliding, int>();
            foreach (var (add, value) in steps)
            {
                var key = new Colliding(value);
                if (add)
                    Add(table, model, key);
                else if (model.Remove(key, out var slot))
                    table.Remove(slot);
                for (var each = 0; each <= 99; each++)
                    Assert.That(Find(table, new Colliding(each)), Is.EqualTo(model.GetValueOrDefault(new Colliding(each))));
            }
        });

    [Test]
    public void FindOrAdd_ManyKeys_EachKeepsItsSlotWhileTheTableGrows()
    {
        var table = new KeyTable<int>();
        int[] slots = [.. Enumerable.Range(0, 10_000).Select(key => table.FindOrAdd(key, KeyTable<int>.HashOf(key)))];

        Assert.That(slots, Is.Unique);
        Assert.That(Enumerable.Range(0, 10_000).Select(key => table.Find(key, KeyTable<int>.HashOf(key))), Is.EqualTo(slots));
    }

    [Test]
    public void Remove_TheLastKey_SlotsBeginAtTheFirstAgain()
    {
        var table = new KeyTable<int>();
        int[] slots = [.. Enumerable.Range(0, 3).Select(key => table.FindOrAdd(key, key))];
        foreach (var slot in slots)
            table.Remove(slot);

        Assert.That(Enumerable.Range(7, 3).Select(key => table.FindOrAdd(key, key)), Is.EqualTo(slots));
    }

    private static int Find(KeyTable<Colliding> table, Colliding key) => table.Find(key, KeyTable<Colliding>.HashOf(key));

    private static void Add(KeyTable<Colliding> table, Dictionary<Colliding, int> model, Colliding key)
    {
        var slot = table.FindOrAdd(key, KeyTable<Colliding>.HashOf(key));
        Assert.That(slot, Is.EqualTo(model.GetValueOrDefault(key, slot)));
        if (model.TryAdd(key, slot))
        {
            Assert.That(model.Values, Is.Unique.And.No.Member(KeyTable<Colliding>.None));
            Assert.That((table[slot].Need, table[slot].IsHeld), Is.EqualTo((KeyNeed.None, false)));
        }
    }

    // Seven hashes for a hundred keys, so that keys stand far from their homes, and at the end of the table as well as at its beginning.
    private readonly record struct Colliding(int Value)
    {
        public override int GetHashCode() => (Value % 7) - 3;
    }
}
