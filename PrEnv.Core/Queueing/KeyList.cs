namespace PrEnv.Core.Queueing;

/// <summary>
/// A first-in, first-out list of slots, linked through their entries: a slot can be removed from anywhere without a search. Not
/// thread-safe.
/// </summary>
internal sealed class KeyList<TKey>(KeyTable<TKey> table)
    where TKey : notnull
{
    private int _last;

    /// <summary><see cref="KeyTable{TKey}.None"/> when the list is empty.</summary>
    public int First { get; private set; }

    public int Count { get; private set; }

    public void Append(int slot)
    {
        ref var entry = ref table[slot];
        entry.Previous = _last;
        entry.Next = KeyTable<TKey>.None;
        if (_last == KeyTable<TKey>.None)
            First = slot;
        else
            table[_last].Next = slot;
        _last = slot;
        Count++;
    }

    public void Remove(int slot)
    {
        ref readonly var entry = ref table[slot];
        if (entry.Previous == KeyTable<TKey>.None)
            First = entry.Next;
        else
            table[entry.Previous].Next = entry.Next;
        if (entry.Next == KeyTable<TKey>.None)
            _last = entry.Previous;
        else
            table[entry.Next].Previous = entry.Previous;
        Count--;
    }
}
