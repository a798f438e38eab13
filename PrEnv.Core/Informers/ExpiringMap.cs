using System.Diagnostics.CodeAnalysis;

namespace PrEnv.Core.Informers;

/// <summary>A map whose entries go some time after they were set. Pruning costs only what expires. Not thread-safe.</summary>
internal sealed class ExpiringMap<TKey, TValue>(TimeSpan timeToLive, TimeProvider time)
    where TKey : notnull
{
    private readonly Dictionary<TKey, (TValue Value, long Since)> _entries = [];
    private readonly Queue<(TKey Key, long Since)> _bySince = new();

    public int Count => _entries.Count;

    public IEnumerable<TValue> Values => _entries.Values.Select(entry => entry.Value);

    public KeyValuePair<TKey, TValue>[] ToArray() => [.. _entries.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Value))];

    public bool ContainsKey(TKey key) => _entries.ContainsKey(key);

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        var found = _entries.TryGetValue(key, out var entry);
        value = entry.Value;
        return found;
    }

    public void Set(TKey key, TValue value)
    {
        var now = time.GetTimestamp();
        _entries[key] = (value, now);
        _bySince.Enqueue((key, now));
    }

    public void Remove(TKey key) => _entries.Remove(key);

    public void Clear()
    {
        _entries.Clear();
        _bySince.Clear();
    }

    public void Prune()
    {
        while (_bySince.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) >= timeToLive)
        {
            _bySince.Dequeue();

            // The key may have been set again since.
            if (_entries.TryGetValue(oldest.Key, out var entry) && entry.Since == oldest.Since)
                _entries.Remove(oldest.Key);
        }
    }
}
