using System.Diagnostics.CodeAnalysis;

namespace PrEnv.Controller.Kubernetes.Client;

/// <summary>
/// Remembers things for a while: an entry lives for <paramref name="lifetime"/> after it was last set, and the oldest make room when
/// there are more than <paramref name="capacity"/>. Thread-safe.
/// </summary>
internal sealed class ExpiringMap<TKey, TValue>(TimeProvider time, TimeSpan lifetime, int capacity)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _entries = [];

    // All live equally long, so the order of setting is the order of expiry.
    private readonly LinkedList<Entry> _oldestFirst = [];

    /// <summary>How many there are, some of which may have expired.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_lock)
        {
            return TryGetLocked(key, out value);
        }
    }

    /// <summary>Sets the value and starts its lifetime anew.</summary>
    public void Set(TKey key, TValue value)
    {
        lock (_lock)
        {
            SetLocked(key, value);
        }
    }

    /// <summary>The value that is there, else this one, which is then there.</summary>
    public TValue GetOrSet(TKey key, TValue value)
    {
        lock (_lock)
        {
            if (TryGetLocked(key, out var present))
            {
                return present;
            }

            SetLocked(key, value);
            return value;
        }
    }

    /// <summary>Forgets the entry if that is its value.</summary>
    public void Remove(TKey key, TValue value)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var node) && EqualityComparer<TValue>.Default.Equals(node.Value.Value, value))
            {
                RemoveLocked(node);
            }
        }
    }

    private bool TryGetLocked(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (_entries.TryGetValue(key, out var node) && !IsExpired(node))
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
        {
            RemoveLocked(present);
        }

        while (_oldestFirst.First is { } oldest && (IsExpired(oldest) || _entries.Count >= capacity))
        {
            RemoveLocked(oldest);
        }

        _entries.Add(key, _oldestFirst.AddLast(new Entry(key, value, time.GetTimestamp())));
    }

    private void RemoveLocked(LinkedListNode<Entry> node)
    {
        _entries.Remove(node.Value.Key);
        _oldestFirst.Remove(node);
    }

    // By the monotonic clock: a corrected wall clock neither revives nor kills an entry.
    private bool IsExpired(LinkedListNode<Entry> node) => time.GetElapsedTime(node.Value.SetAt) >= lifetime;

    private readonly record struct Entry(TKey Key, TValue Value, long SetAt);
}
