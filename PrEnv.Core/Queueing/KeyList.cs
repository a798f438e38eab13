namespace PrEnv.Core.Queueing;

/// <summary>First in, first out, through the links of the entries: anyone can leave from anywhere without a search. Not thread-safe.</summary>
internal sealed class KeyList<TKey>
    where TKey : notnull
{
    private KeyEntry<TKey>? _last;

    public KeyEntry<TKey>? First { get; private set; }

    public int Count { get; private set; }

    public void Append(KeyEntry<TKey> entry)
    {
        entry.Previous = _last;
        if (_last is null)
            First = entry;
        else
            _last.Next = entry;
        _last = entry;
        Count++;
    }

    public void Remove(KeyEntry<TKey> entry)
    {
        if (entry.Previous is null)
            First = entry.Next;
        else
            entry.Previous.Next = entry.Next;
        if (entry.Next is null)
            _last = entry.Previous;
        else
            entry.Next.Previous = entry.Previous;
        entry.Previous = entry.Next = null;
        Count--;
    }
}
