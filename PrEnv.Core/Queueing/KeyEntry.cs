namespace PrEnv.Core.Queueing;

/// <summary>When a key has to be worked on.</summary>
internal enum KeyNeed : byte
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>When its time has come.</summary>
    Later,

    /// <summary>As soon as a worker is free and nobody holds it.</summary>
    Now,
}

/// <summary>
/// All that a queue knows of one key. Entries are used again for other keys, so that a queue in its steady state allocates nothing.
/// </summary>
internal sealed class KeyEntry<TKey>
    where TKey : notnull
{
    public TKey Key { get; set; } = default!;

    /// <summary>The key's hash code, and the next entry in the same chain, for <see cref="KeyTable{TKey}"/>.</summary>
    public int Hash { get; set; }

    /// <inheritdoc cref="Hash"/>
    public KeyEntry<TKey>? NextInChain { get; set; }

    public KeyNeed Need { get; set; }

    public bool IsHeld { get; set; }

    /// <summary>The highest that was asked for since the key was last handed out.</summary>
    public int Priority { get; set; }

    /// <summary>Neighbours in the one list that has the entry: of a priority while it waits, of the held ones while it is held.</summary>
    public KeyEntry<TKey>? Previous { get; set; }

    /// <inheritdoc cref="Previous"/>
    public KeyEntry<TKey>? Next { get; set; }

    /// <summary>Its place among all that wait: a lower number has waited longer.</summary>
    public long Arrival { get; set; }

    /// <summary>Where <see cref="DelayHeap{TKey}"/> has it, while the need is <see cref="KeyNeed.Later"/>.</summary>
    public int HeapIndex { get; set; }

    /// <summary>Timestamp of the add that made the need <see cref="KeyNeed.Now"/>; for the metrics.</summary>
    public long AddedAt { get; set; }

    /// <summary>Timestamp of the hand-out; for the metrics.</summary>
    public long TakenAt { get; set; }
}
