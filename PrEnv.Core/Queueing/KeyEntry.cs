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
/// All that a queue knows of one key. Entries lie side by side in a <see cref="KeyTable{TKey}"/>, and are told apart by their slots there.
/// </summary>
internal struct KeyEntry<TKey>
    where TKey : notnull
{
    public TKey Key { get; set; }

    /// <summary>The key's hash code.</summary>
    public int Hash { get; set; }

    /// <summary>The highest that was asked for since the key was last handed out.</summary>
    public int Priority { get; set; }

    /// <summary>
    /// Slots of the neighbours in the one list that has the entry: of a priority while it waits, of the held ones while it is held. Slots
    /// that no key has are linked too, forwards only.
    /// </summary>
    public int Previous { get; set; }

    /// <inheritdoc cref="Previous"/>
    public int Next { get; set; }

    /// <summary>
    /// Its place among all that wait, where a lower number has waited longer, or its ticket in <see cref="DelayOrder{TKey}"/>. From
    /// <see cref="KeyTable{TKey}.NextNumber"/>, so that none is given twice; 0 when it was taken out before its time.
    /// </summary>
    public long Number { get; set; }

    /// <summary>When it is ready, while the need is <see cref="KeyNeed.Later"/>.</summary>
    public long ReadyAt { get; set; }

    /// <summary>Timestamp of the add that made the need <see cref="KeyNeed.Now"/>; for the metrics.</summary>
    public long AddedAt { get; set; }

    /// <summary>Timestamp of the hand-out; for the metrics.</summary>
    public long TakenAt { get; set; }

    public KeyNeed Need { get; set; }

    public bool IsHeld { get; set; }
}
