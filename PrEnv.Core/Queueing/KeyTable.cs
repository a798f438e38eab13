using System.Runtime.InteropServices;

namespace PrEnv.Core.Queueing;

/// <summary>
/// The entries of the keys that a queue knows. A key keeps its slot until it is removed; then another key may get it. When the last key is
/// removed, the table is small again, but like the framework's collections it does not release memory: it grows without allocating until it
/// exceeds its previous maximum. Not thread-safe.
/// </summary>
/// <remarks>
/// A hash table with open addressing whose places contain hash and slot, so that a search accesses only the entry that it is for. A
/// <see cref="Dictionary{TKey, TValue}"/> would keep a second record for each key, and hash the key again when it is removed. With many
/// keys, each of these is a wait for memory while the queue's lock is held. Slots instead of references avoid the garbage collector's write
/// barrier for each changed link.
/// </remarks>
internal sealed class KeyTable<TKey>
    where TKey : notnull
{
    /// <summary>Stands for no slot.</summary>
    public const int None = 0;

    private const int FirstSizeInBits = 5;

    private KeyEntry<TKey>[] _entries = new KeyEntry<TKey>[1 << FirstSizeInBits];

    // Only the first 2^_sizeInBits are in use, of which at most half are taken, so that searches are short.
    private Place[] _places = new Place[1 << FirstSizeInBits];

    // Half as long as the places once they have grown; used for growing again.
    private Place[] _before = [];
    private int _sizeInBits = FirstSizeInBits;
    private int _count;
    private int _lastSlot;

    // The list of unused slots, linked by the entries' Next.
    private int _firstSpare;
    private long _lastNumber;

    private int Size => 1 << _sizeInBits;

    /// <summary>The entry of a slot. The reference is valid until the next <see cref="FindOrAdd"/>.</summary>
    public ref KeyEntry<TKey> this[int slot] => ref _entries[slot];

    /// <summary>The hash that <see cref="FindOrAdd"/> and <see cref="Find"/> need; best computed before a lock is taken.</summary>
    public static int HashOf(TKey key) => EqualityComparer<TKey>.Default.GetHashCode(key);

    /// <summary>A number that is higher than all previous ones; the first is 1.</summary>
    public long NextNumber() => ++_lastNumber;

    /// <summary>The slot of a key, or <see cref="None"/>.</summary>
    public int Find(TKey key, int hash) => _places[PlaceOf(key, hash)].Slot;

    /// <summary>The slot of a key. A new key needs no work and is not held.</summary>
    public int FindOrAdd(TKey key, int hash)
    {
        var place = PlaceOf(key, hash);
        return _places[place].Slot is not None and var slot ? slot : Add(key, hash, place);
    }

    /// <summary>Removes a key that is in no list, and keeps no reference to it.</summary>
    public void Remove(int slot)
    {
        var hole = Home(_entries[slot].Hash);
        while (_places[hole].Slot != slot)
            hole = After(hole);

        // Those behind it move up, unless that would put them before their home place: a search ends at the first free place.
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

    // The place of the key, else the free place where it belongs.
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

        // A few keys are close together, and in order.
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
            // There is room left from an earlier burst.
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
