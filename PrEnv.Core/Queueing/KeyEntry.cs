namespace PrEnv.Core.Queueing;

/// <summary>When a key needs work.</summary>
internal enum KeyNeed : byte
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>When its time has come.</summary>
    Later,

    /// <summary>As soon as a worker is free and the key is not held.</summary>
    Now,
}

/// <summary>
/// All that a queue knows about one key. Entries lie side by side in a <see cref="KeyTable{TKey}"/>, and are identified by their slots.
/// </summary>
internal struct KeyEntry<TKey>
    where TKey : notnull
{
    public TKey Key { get; set; }

    /// <summary>The key's hash code.</summary>
    public int Hash { get; set; }

    /// <summary>The highest requested since the key was last handed out.</summary>
    public int Priority { get; set; }

    /// <summary>
    /// Slots of the neighbours in the only list that contains the entry: that of its priority while it waits, that of the held keys while
    /// it is held. Unused slots are linked too, only forwards.
    /// </summary>
    public int Previous { get; set; }

    /// <inheritdoc cref="Previous"/>
    public int Next { get; set; }

    /// <summary>
    /// Its position among all waiting keys, where a lower number has waited longer, or its ticket in <see cref="DelayOrder{TKey}"/>. From
    /// <see cref="KeyTable{TKey}.NextNumber"/>, so that none is used twice; 0 if it was removed before its time.
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
