using System.Diagnostics.CodeAnalysis;

namespace PrEnv.Core.Queueing;

/// <summary>
/// Keys by the time they are ready, one entry for each key, the earlier time wins. Equal times keep the order of their additions. Times are
/// any non-decreasing count. Not thread-safe.
/// </summary>
internal sealed class DelayedKeys<TKey>
    where TKey : notnull
{
    // A sorted set and not a PriorityQueue: moving a key to an earlier time needs a removal, which is O(n) there.
    private readonly SortedSet<Entry> _byTime = new(EntryComparer.Instance);
    private readonly Dictionary<TKey, Entry> _byKey = [];
    private long _sequence;

    public int Count => _byKey.Count;

    /// <summary>When the first key is ready; null when there is none.</summary>
    public long? Next => _byTime.Count == 0 ? null : _byTime.Min.ReadyAt;

    public void Add(TKey key, long readyAt)
    {
        if (_byKey.TryGetValue(key, out var waiting))
        {
            if (waiting.ReadyAt <= readyAt)
                return;
            _byTime.Remove(waiting);
        }

        var entry = new Entry(readyAt, _sequence++, key);
        _byKey[key] = entry;
        _byTime.Add(entry);
    }

    public bool TryTakeReady(long now, [MaybeNullWhen(false)] out TKey key)
    {
        key = default;
        if (_byTime.Count == 0)
            return false;
        var first = _byTime.Min;
        if (first.ReadyAt > now)
            return false;
        _byTime.Remove(first);
        _byKey.Remove(first.Key);
        key = first.Key;
        return true;
    }

    public void Clear()
    {
        _byTime.Clear();
        _byKey.Clear();
    }

    private readonly record struct Entry(long ReadyAt, long Sequence, TKey Key);

    private sealed class EntryComparer : IComparer<Entry>
    {
        public static readonly EntryComparer Instance = new();

        public int Compare(Entry x, Entry y)
        {
            var byTime = x.ReadyAt.CompareTo(y.ReadyAt);
            return byTime != 0 ? byTime : x.Sequence.CompareTo(y.Sequence);
        }
    }
}
