namespace PrEnv.Core.Queueing;

/// <summary>What became of a key that somebody was done with.</summary>
internal enum DoneOutcome
{
    /// <summary>Nobody held it.</summary>
    NotHeld,

    /// <summary>It needs no work now.</summary>
    Finished,

    /// <summary>It was added while held, and waits again.</summary>
    WaitsAgain,
}

/// <summary>
/// The rules of the queue, without locks, workers and clock: which keys wait, which are held, which have their time still to come. A key has one entry.
/// It waits only while it needs work now and is not held, and its time to come ends with any add: of several delays the shortest counts, of several
/// priorities the highest. Not thread-safe.
/// </summary>
internal sealed class WorkSet<TKey>(QueueMeter<TKey>? meter)
    where TKey : notnull
{
    private const int FewWorkers = 8;

    private readonly KeyTable<TKey> _table = new();
    private readonly PriorityOrder<TKey> _waiting = new();
    private readonly KeyList<TKey> _held = new();
    private readonly DelayHeap<TKey> _delayed = new();

    public int WaitingCount => _waiting.Count;

    public int HeldCount => _held.Count;

    public int DelayedCount => _delayed.Count;

    /// <summary>When the first delayed key is ready; null when there is none.</summary>
    public long? NextReady => _delayed.Next;

    public void Add(TKey key, int priority)
    {
        var entry = _table.FindOrAdd(key);
        if (entry.Need == KeyNeed.Now)
        {
            Raise(entry, priority);
            return;
        }

        if (entry.Need == KeyNeed.Later)
        {
            _delayed.Remove(entry);
            priority = Math.Max(priority, entry.Priority);
        }

        entry.Priority = priority;
        MakeDue(entry);
    }

    /// <summary>Adds the key at a time, which is on the same count as those of <see cref="MoveReady"/>.</summary>
    public void AddAt(TKey key, int priority, long readyAt)
    {
        var entry = _table.FindOrAdd(key);
        switch (entry.Need)
        {
            case KeyNeed.Now:
                Raise(entry, priority);
                break;
            case KeyNeed.Later:
                entry.Priority = Math.Max(priority, entry.Priority);
                _delayed.MoveUp(entry, readyAt);
                break;
            default:
                entry.Need = KeyNeed.Later;
                entry.Priority = priority;
                _delayed.Push(entry, readyAt);
                break;
        }
    }

    /// <summary>Adds keys whose time has come, at most so many. False when there is no further one.</summary>
    public bool MoveReady(long now, int atMost)
    {
        for (var i = 0; i < atMost; i++)
        {
            if (_delayed.PopReady(now) is not { } entry)
                return false;
            MakeDue(entry);
        }

        return true;
    }

    public bool TryTake(out WorkItem<TKey> item)
    {
        item = default;
        if (_waiting.Count == 0)
            return false;
        var entry = _waiting.Pop();
        entry.Need = KeyNeed.None;
        entry.IsHeld = true;
        _held.Append(entry);
        meter?.Taken(entry);
        item = new WorkItem<TKey>(entry.Key, IsShutdown: false, entry.Priority);
        return true;
    }

    public DoneOutcome Done(TKey key)
    {
        if (FindHeld(key) is not { } entry)
            return DoneOutcome.NotHeld;
        entry.IsHeld = false;
        _held.Remove(entry);
        meter?.Finished(entry);
        if (entry.Need == KeyNeed.Now)
        {
            _waiting.Push(entry);
            return DoneOutcome.WaitsAgain;
        }

        if (entry.Need == KeyNeed.None)
            _table.Remove(entry);
        return DoneOutcome.Finished;
    }

    public void DropDelayed()
    {
        while (_delayed.PopReady(long.MaxValue) is { } entry)
        {
            entry.Need = KeyNeed.None;
            if (!entry.IsHeld)
                _table.Remove(entry);
        }
    }

    public void ReportHeld() => meter?.ReportHeld(_held);

    // What few workers hold is compared sooner than a key is hashed.
    private KeyEntry<TKey>? FindHeld(TKey key)
    {
        if (_held.Count > FewWorkers)
            return _table.Find(key) is { IsHeld: true } found ? found : null;
        var entry = _held.First;
        while (entry is not null && !EqualityComparer<TKey>.Default.Equals(entry.Key, key))
            entry = entry.Next;
        return entry;
    }

    private void MakeDue(KeyEntry<TKey> entry)
    {
        entry.Need = KeyNeed.Now;
        meter?.Added(entry);
        if (!entry.IsHeld)
            _waiting.Push(entry);
    }

    private void Raise(KeyEntry<TKey> entry, int priority)
    {
        if (priority <= entry.Priority)
            return;
        meter?.Raised(entry.Priority, priority);
        if (entry.IsHeld)
            entry.Priority = priority;
        else
            _waiting.Promote(entry, priority);
    }
}
