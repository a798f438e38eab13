namespace PrEnv.Core.Queueing;

/// <summary>
/// The entries of the keys that a queue knows, and those to be used again. Like any collection of the framework it does not shrink. Not thread-safe.
/// </summary>
/// <remarks>
/// A hash table whose chains go through the entries. A <see cref="Dictionary{TKey, TValue}"/> would keep a second record for each key, and hash the key
/// again when it leaves; with many keys each of that is a wait for memory, and the queue's lock is held meanwhile.
/// </remarks>
internal sealed class KeyTable<TKey>
    where TKey : notnull
{
    private const int FirstSizeInBits = 4;

    private readonly Stack<KeyEntry<TKey>> _spare = [];
    private KeyEntry<TKey>?[] _chains = new KeyEntry<TKey>?[1 << FirstSizeInBits];
    private int _sizeInBits = FirstSizeInBits;
    private int _count;

    public KeyEntry<TKey>? Find(TKey key) => Find(key, EqualityComparer<TKey>.Default.GetHashCode(key));

    public KeyEntry<TKey> FindOrAdd(TKey key)
    {
        var hash = EqualityComparer<TKey>.Default.GetHashCode(key);
        if (Find(key, hash) is { } found)
            return found;
        if (_count == _chains.Length)
            Grow();
        var entry = _spare.TryPop(out var spare) ? spare : new KeyEntry<TKey>();
        entry.Key = key;
        entry.Hash = hash;
        Link(entry);
        _count++;
        return entry;
    }

    /// <summary>Forgets a key that is in no list, and keeps nothing of it alive.</summary>
    public void Remove(KeyEntry<TKey> entry)
    {
        ref var chain = ref _chains[ChainOf(entry.Hash)];
        if (chain == entry)
        {
            chain = entry.NextInChain;
        }
        else
        {
            var before = chain!;
            while (before.NextInChain != entry)
                before = before.NextInChain!;
            before.NextInChain = entry.NextInChain;
        }

        entry.NextInChain = null;
        entry.Key = default!;
        _spare.Push(entry);
        _count--;
    }

    private KeyEntry<TKey>? Find(TKey key, int hash)
    {
        var entry = _chains[ChainOf(hash)];
        while (entry is not null && (entry.Hash != hash || !EqualityComparer<TKey>.Default.Equals(entry.Key, key)))
            entry = entry.NextInChain;
        return entry;
    }

    // Fibonacci hashing: the upper bits of the product depend on all bits of the hash.
    private uint ChainOf(int hash) => (uint)hash * 2654435769u >> (32 - _sizeInBits);

    private void Link(KeyEntry<TKey> entry)
    {
        ref var chain = ref _chains[ChainOf(entry.Hash)];
        entry.NextInChain = chain;
        chain = entry;
    }

    private void Grow()
    {
        var chains = _chains;
        _chains = new KeyEntry<TKey>?[1 << ++_sizeInBits];
        foreach (var chain in chains)
        {
            for (var entry = chain; entry is not null;)
            {
                var next = entry.NextInChain;
                Link(entry);
                entry = next;
            }
        }
    }
}
