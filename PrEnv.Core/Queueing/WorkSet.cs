namespace PrEnv.Core.Queueing;

/// <summary>What happened to a key that was reported as done.</summary>
internal enum DoneOutcome
{
    /// <summary>It was not held.</summary>
    NotHeld,

    /// <summary>It needs no work now.</summary>
    Finished,

    /// <summary>It was added while held, and waits again.</summary>
    WaitsAgain,
}

/// <summary>
/// The rules of the queue, without locks, workers and clock: which keys wait, which are held, and which are delayed. A key
/// has one entry. It waits only while it needs work now and is not held, and any add ends its delay: of several delays the
/// shortest counts, of several priorities the highest. Not thread-safe.
/// </summary>
internal sealed class WorkSet<TKey>
    where TKey : notnull
{
    private const int FewWorkers = 8;

    // No matter how many are ready at once, others get the lock in between.
    private const int KeysPerMove = 128;

    private readonly KeyTable<TKey> _table;
    private readonly PriorityOrder<TKey> _waiting;
    private readonly KeyList<TKey> _held;
    private readonly DelayOrder<TKey> _delayed;
    private readonly QueueMeter<TKey>? _meter;

    public WorkSet(QueueMeter<TKey>? meter)
    {
        _meter = meter;
        _table = new KeyTable<TKey>();
        _waiting = new PriorityOrder<TKey>(_table);
        _held = new KeyList<TKey>(_table);
        _delayed = new DelayOrder<TKey>(_table);
    }

    public int WaitingCount => _waiting.Count;

    public int HeldCount => _held.Count;

    public int DelayedCount => _delayed.Count;

    /// <summary>
    /// When <see cref="MoveReady"/> is to be called next: no delayed key is ready before. Null when no call is needed.
    /// </summary>
    public long? NextReady => _delayed.Next;

    /// <summary>Adds a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its <see cref="KeyTable{TKey}.HashOf"/>.</param>
    /// <param name="priority">Its priority.</param>
    /// <param name="now">The timestamp, for the metrics, as in all these methods.</param>
    public void Add(TKey key, int hash, int priority, long now)
    {
        var slot = _table.FindOrAdd(key, hash);
        ref var entry = ref _table[slot];
        if (entry.Need == KeyNeed.Now)
        {
            Raise(slot, priority);
            return;
        }

        if (entry.Need == KeyNeed.Later)
        {
            _delayed.Remove(slot);
            priority = Math.Max(priority, entry.Priority);
        }

        entry.Priority = priority;
        MakeDue(slot, now);
    }

    /// <summary>Adds the key at a time, which uses the same scale as <see cref="MoveReady"/>.</summary>
    public void AddAt(TKey key, int hash, int priority, long readyAt)
    {
        var slot = _table.FindOrAdd(key, hash);
        ref var entry = ref _table[slot];
        switch (entry.Need)
        {
            case KeyNeed.Now:
                Raise(slot, priority);
                break;
            case KeyNeed.Later:
                entry.Priority = Math.Max(priority, entry.Priority);
                _delayed.MoveUp(slot, readyAt);
                break;
            default:
                entry.Need = KeyNeed.Later;
                entry.Priority = priority;
                _delayed.Push(slot, readyAt);
                break;
        }
    }

    /// <summary>Adds some of the keys whose time has come. True if it must be called again.</summary>
    public bool MoveReady(long time, long now)
    {
        Span<int> ready = stackalloc int[KeysPerMove];
        foreach (var slot in ready[.._delayed.PopReady(time, ready)])
            MakeDue(slot, now);
        return _delayed.Next <= time;
    }

    public bool TryTake(long now, out WorkItem<TKey> item)
    {
        item = default;
        if (_waiting.Count == 0)
            return false;
        var slot = _waiting.Pop();
        _held.Append(slot);
        ref var entry = ref _table[slot];
        entry.Need = KeyNeed.None;
        entry.IsHeld = true;
        _meter?.Taken(ref entry, now);
        item = new WorkItem<TKey>(entry.Key, IsShutdown: false, entry.Priority);
        return true;
    }

    public DoneOutcome Done(TKey key, long now)
    {
        if (FindHeld(key) is var slot && slot == KeyTable<TKey>.None)
            return DoneOutcome.NotHeld;
        ref var entry = ref _table[slot];
        entry.IsHeld = false;
        _held.Remove(slot);
        _meter?.Finished(entry, now);
        if (entry.Need == KeyNeed.Now)
        {
            _waiting.Push(slot);
            return DoneOutcome.WaitsAgain;
        }

        if (entry.Need == KeyNeed.None)
            _table.Remove(slot);
        return DoneOutcome.Finished;
    }

    public void DropDelayed()
    {
        Span<int> slots = stackalloc int[KeysPerMove];
        while (_delayed.Count > 0)
        {
            foreach (var slot in slots[.._delayed.PopReady(long.MaxValue, slots)])
            {
                ref var entry = ref _table[slot];
                entry.Need = KeyNeed.None;
                if (!entry.IsHeld)
                    _table.Remove(slot);
            }
        }
    }

    public void ReportHeld(long now) => _meter?.ReportHeld(_held, _table, now);

    // Comparing the few keys that workers hold is faster than hashing a key.
    private int FindHeld(TKey key)
    {
        if (_held.Count > FewWorkers)
        {
            var found = _table.Find(key, KeyTable<TKey>.HashOf(key));
            return _table[found].IsHeld ? found : KeyTable<TKey>.None;
        }

        var slot = _held.First;
        while (slot != KeyTable<TKey>.None && !EqualityComparer<TKey>.Default.Equals(_table[slot].Key, key))
            slot = _table[slot].Next;
        return slot;
    }

    private void MakeDue(int slot, long now)
    {
        ref var entry = ref _table[slot];
        entry.Need = KeyNeed.Now;
        _meter?.Added(ref entry, now);
        if (!entry.IsHeld)
            _waiting.Push(slot);
    }

    private void Raise(int slot, int priority)
    {
        ref var entry = ref _table[slot];
        if (priority <= entry.Priority)
            return;
        _meter?.Raised(entry.Priority, priority);
        if (entry.IsHeld)
            entry.Priority = priority;
        else
            _waiting.Promote(slot, priority);
    }
}
