using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>One named index: from a value to the keys of the objects that have it. Not thread-safe.</summary>
internal sealed class StoreIndex<T>(Func<T, IEnumerable<string>> values)
    where T : class, IClusterObject
{
    private readonly Dictionary<string, HashSet<ResourceKey>> _buckets = new(StringComparer.Ordinal);

    public int BucketCount => _buckets.Count;

    public IEnumerable<string> Values(T item) => values(item);

    public IReadOnlyCollection<ResourceKey> Keys(string value) => _buckets.TryGetValue(value, out var keys) ? keys : [];

    /// <summary>Moves the key from the old object's buckets to the new one's. Either may be null.</summary>
    public void Update(ResourceKey key, T? old, T? item)
    {
        // Get the new values first: a function that throws must leave the index unchanged.
        var added = item is null ? [] : values(item).ToArray();
        foreach (var value in old is null ? [] : values(old))
            Remove(key, value);
        foreach (var value in added)
            Add(key, value);
    }

    private void Add(ResourceKey key, string value)
    {
        if (!_buckets.TryGetValue(value, out var keys))
            _buckets[value] = keys = [];
        keys.Add(key);
    }

    private void Remove(ResourceKey key, string value)
    {
        // Remove empty buckets: values such as UIDs change all the time.
        if (_buckets.TryGetValue(value, out var keys) && keys.Remove(key) && keys.Count == 0)
            _buckets.Remove(value);
    }
}
