using CsCheck;
using PrEnv.Core.Queueing;

namespace PrEnv.Tests.Queueing;

internal sealed class KeyTableTests
{
    private enum Step
    {
        Add,
        Remove,
        RemoveAll,
    }

    [Test]
    public void AnySequence_ComparedWithADictionary_BehavesTheSame() =>
        Gen.Select(Gen.Frequency((90, Gen.Const(Step.Add)), (60, Gen.Const(Step.Remove)), (1, Gen.Const(Step.RemoveAll))), Gen.Int[0, 99])
            .Array[0, 400]
            .Sample(Run);

    [Test]
    public void FindOrAdd_ManyKeys_EachKeepsItsSlotWhileTheTableGrows()
    {
        var table = new KeyTable<int>();
        int[] slots = [.. Enumerable.Range(0, 10_000).Select(key => table.FindOrAdd(key, KeyTable<int>.HashOf(key)))];

        Assert.That(slots, Is.Unique);
        Assert.That(Enumerable.Range(0, 10_000).Select(key => table.Find(key, KeyTable<int>.HashOf(key))), Is.EqualTo(slots));
    }

    [TestCase(20)]
    [TestCase(100)]
    [TestCase(300)]
    [TestCase(10_000)]
    public void FindOrAdd_AsManyAsThereWereBefore_KeepsThemApartAndAllocatesNothing(int count)
    {
        var table = new KeyTable<int>();
        Fill(table, 0, count);
        for (var slot = 1; slot <= count; slot++)
            table.Remove(slot);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Fill(table, count, count);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(allocated, Is.Zero);
        Assert.That(Enumerable.Range(0, count).Select(key => table.Find(key, key)), Is.All.EqualTo(KeyTable<int>.None));
        Assert.That(Enumerable.Range(count, count).Select(key => table.Find(key, key)), Is.EqualTo(Enumerable.Range(1, count)));
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

    private static void Run((Step Step, int Value)[] steps)
    {
        var table = new KeyTable<Colliding>();
        var model = new Dictionary<Colliding, int>();
        foreach (var (step, value) in steps)
        {
            if (step == Step.Add)
                Add(table, model, new Colliding(value));
            foreach (var key in model.Keys.Where(key => step == Step.RemoveAll || (step == Step.Remove && key.Value == value)).ToArray())
            {
                table.Remove(model[key]);
                model.Remove(key);
            }

            for (var each = 0; each <= 99; each++)
                Assert.That(Find(table, new Colliding(each)), Is.EqualTo(model.GetValueOrDefault(new Colliding(each))));
        }
    }

    private static void Fill(KeyTable<int> table, int first, int count)
    {
        for (var key = first; key < first + count; key++)
            table.FindOrAdd(key, key);
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
