using System.Runtime.InteropServices;

namespace PrEnv.Core.Queueing;

/// <summary>
/// The entries of the keys that a queue knows. A key keeps its slot until it is removed; then another may get it. When the last key leaves,
/// the table is small again, but like any collection of the framework it gives no memory back: it grows without allocating until it holds
/// more than ever. Not thread-safe.
/// </summary>
/// <remarks>
/// A hash table with open addressing whose places hold hash and slot, so that a search touches no entry but the one it is for. A
/// <see cref="Dictionary{TKey, TValue}"/> would keep a second record for each key, and hash the key again when it leaves. With many keys
/// each of that is a wait for memory, and the queue's lock is held meanwhile. Slots instead of references spare the garbage collector a
/// note for each link that is changed.
/// </remarks>
internal sealed class KeyTable<TKey>
    where TKey : notnull
{
    /// <summary>The slot that no key has.</summary>
    public const int None = 0;

    private const int FirstSizeInBits = 5;

    private KeyEntry<TKey>[] _entries = new KeyEntry<TKey>[1 << FirstSizeInBits];

    // The first so many are in use, and at most half of those are taken, so that a search is over soon.
    private Place[] _places = new Place[1 << FirstSizeInBits];

    // Half as long as the places once they have grown; for growing again.
    private Place[] _before = [];
    private int _sizeInBits = FirstSizeInBits;
    private int _count;
    private int _lastSlot;

    // Slots up to the last one that nobody has, linked by the entries' Next.
    private int _firstSpare;
    private long _lastNumber;

    private int Size => 1 << _sizeInBits;

    /// <summary>The entry of a slot. The reference is good until the next <see cref="FindOrAdd"/>.</summary>
    public ref KeyEntry<TKey> this[int slot] => ref _entries[slot];

    /// <summary>What <see cref="FindOrAdd"/> and <see cref="Find"/> want to know of a key; best asked before a lock is taken.</summary>
    public static int HashOf(TKey key) => EqualityComparer<TKey>.Default.GetHashCode(key);

    /// <summary>A number that is higher than all before; the first is 1.</summary>
    public long NextNumber() => ++_lastNumber;

    /// <summary>The slot of a key, or <see cref="None"/>.</summary>
    public int Find(TKey key, int hash) => _places[PlaceOf(key, hash)].Slot;

    /// <summary>The slot of a key. A key that was not there has no need and is not held.</summary>
    public int FindOrAdd(TKey key, int hash)
    {
        var place = PlaceOf(key, hash);
        return _places[place].Slot is not None and var slot ? slot : Add(key, hash, place);
    }

    /// <summary>Forgets a key that is in no list, and keeps nothing of it alive.</summary>
    public void Remove(int slot)
    {
        var hole = Home(_entries[slot].Hash);
        while (_places[hole].Slot != slot)
            hole = After(hole);

        // Those behind move up, unless that would put them before their home: a search ends at the first free place.
        for (var place = After(hole); _places[place].Slot != None; place = After(place))
        {
            if (Distance(Home(_places[place].Hash), place) < Distance(hole, place))
                continue;
            _places[hole] = _places[place];
            hole = place;
        }

        _places[hole] = default;
        GiveBack(slot);
    }

    // Fibonacci hashing: the upper bits of the product depend on all bits of the hash.
    private int Home(int hash) => (int)((uint)hash * 2654435769u >> (32 - _sizeInBits));

    private int After(int place) => (place + 1) & (Size - 1);

    private int Distance(int from, int to) => (to - from) & (Size - 1);

    // Where the key is, else the free place where it belongs.
    private int PlaceOf(TKey key, int hash)
    {
        for (var place = Home(hash); ; place = After(place))
        {
            ref readonly var candidate = ref _places[place];
            if (candidate.Slot == None || (
                candidate.Hash == hash && EqualityComparer<TKey>.Default.Equals(_entries[candidate.Slot].Key, key)))
            {
                return place;
            }
        }
    }

    private int Add(TKey key, int hash, int place)
    {
        var slot = TakeSlot();
        _entries[slot].Key = key;
        _entries[slot].Hash = hash;
        _places[place] = new Place(hash, slot);
        if (++_count * 2 > Size)
            Grow();
        return slot;
    }

    private int TakeSlot()
    {
        if (_firstSpare != None)
        {
            var slot = _firstSpare;
            _firstSpare = _entries[slot].Next;
            return slot;
        }

        if (_lastSlot + 1 == _entries.Length)
            Array.Resize(ref _entries, _entries.Length * 2);
        return ++_lastSlot;
    }

    private void GiveBack(int slot)
    {
        _entries[slot].Key = default!;
        _entries[slot].Next = _firstSpare;
        _firstSpare = slot;
        if (--_count > 0)
            return;

        // Few keys lie close together, and in order.
        _firstSpare = None;
        _lastSlot = 0;
        _sizeInBits = FirstSizeInBits;
    }

    private void Grow()
    {
        var size = Size;
        if (_places.Length == size)
        {
            (_before, _places) = (_places, new Place[2 * size]);
        }
        else
        {
            // There is room from an earlier rush.
            _places.AsSpan(0, size).CopyTo(_before);
            _places.AsSpan(0, size).Clear();
        }

        _sizeInBits++;
        foreach (var place in _before.AsSpan(0, size))
        {
            if (place.Slot == None)
                continue;
            var free = Home(place.Hash);
            while (_places[free].Slot != None)
                free = After(free);
            _places[free] = place;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(int Hash, int Slot);
}
