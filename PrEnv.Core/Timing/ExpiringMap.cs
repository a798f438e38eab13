using System.Diagnostics.CodeAnalysis;

namespace PrEnv.Core.Timing;

/// <summary>
/// Remembers things for a while: an entry lives for a fixed time after it was last set, and the oldest make room when there are too many.
/// An expired entry is never seen again; its memory is freed by a later <see cref="Set"/>. Thread-safe.
/// </summary>
/// <typeparam name="TKey">What is remembered of.</typeparam>
/// <typeparam name="TValue">What is remembered.</typeparam>
/// <param name="time">The clock; only its monotonic time counts, so a corrected wall clock neither revives nor kills an entry.</param>
/// <param name="lifetime">How long an entry lives.</param>
/// <param name="capacity">The most entries; by default without limit.</param>
public sealed class ExpiringMap<TKey, TValue>(TimeProvider time, TimeSpan lifetime, int capacity = int.MaxValue)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _entries = [];

    // All live equally long, so the order of setting is the order of expiry.
    private readonly LinkedList<Entry> _oldestFirst = [];

    /// <summary>How many there are, expired ones that were not freed yet included.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <summary>Is there a live entry?</summary>
    public bool ContainsKey(TKey key) => TryGet(key, out _);

    /// <summary>Finds the live entry.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
            return TryGetLocked(key, out value);
    }

    /// <summary>All live entries at this moment, the oldest first.</summary>
    public IReadOnlyList<KeyValuePair<TKey, TValue>> ToList()
    {
        lock (_lock)
            return [.. _oldestFirst.Where(entry => !IsExpired(entry)).Select(entry => KeyValuePair.Create(entry.Key, entry.Value))];
    }

    /// <summary>Sets the value; its lifetime begins again.</summary>
    public void Set(TKey key, TValue value)
    {
        lock (_lock)
            SetLocked(key, value);
    }

    /// <summary>The live entry's value if there is one; otherwise this one, which is set.</summary>
    public TValue GetOrSet(TKey key, TValue value)
    {
        lock (_lock)
        {
            if (TryGetLocked(key, out var present))
                return present;
            SetLocked(key, value);
            return value;
        }
    }

    /// <summary>Forgets the entry.</summary>
    public void Remove(TKey key)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var node))
                RemoveLocked(node);
        }
    }

    /// <summary>Forgets the entry if that is its value.</summary>
    public void Remove(TKey key, TValue value)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var node) && EqualityComparer<TValue>.Default.Equals(node.Value.Value, value))
                RemoveLocked(node);
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _entries.Clear();
            _oldestFirst.Clear();
        }
    }

    private bool TryGetLocked(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_entries.TryGetValue(key, out var node) && !IsExpired(node.Value))
        {
            value = node.Value.Value;
            return true;
        }

        value = default;
        return false;
    }

    private void SetLocked(TKey key, TValue value)
    {
        if (_entries.TryGetValue(key, out var present))
            RemoveLocked(present);
        while (_oldestFirst.First is { } oldest && (IsExpired(oldest.Value) || _entries.Count >= capacity))
            RemoveLocked(oldest);
        _entries.Add(key, _oldestFirst.AddLast(new Entry(key, value, time.GetTimestamp())));
    }

    private void RemoveLocked(LinkedListNode<Entry> node)
    {
        _entries.Remove(node.Value.Key);
        _oldestFirst.Remove(node);
    }

    private bool IsExpired(Entry entry) => time.GetElapsedTime(entry.SetAt) >= lifetime;

    private readonly record struct Entry(TKey Key, TValue Value, long SetAt);
}
