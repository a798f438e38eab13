using PrEnv.Core.Objects;

namespace PrEnv.Controller.Kubernetes.Secrets;

/// <summary>
/// What was read from Secrets, kept for a short while: many askers must not become as many requests. Thread-safe.
/// </summary>
/// <param name="read">Reads once; throws <see cref="ApiStatusException"/> when the API server does not answer.</param>
/// <param name="time">The clock.</param>
internal sealed class KeptReadings<TKey, TValue>(Func<TKey, Task<TValue>> read, TimeProvider time)
    where TKey : notnull
{
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Entry> _entries = [];

    /// <summary>What was read less than <paramref name="limit"/> ago, or is read now.</summary>
    /// <exception cref="ApiStatusException">The API server does not answer.</exception>
    public async Task<TValue> GetAsync(TKey key, TimeSpan limit, CancellationToken cancellationToken)
    {
        var entry = Find(key, limit);
        try
        {
            return await entry.Value.WaitAsync(cancellationToken);
        }
        catch (ApiStatusException)
        {
            // This answer is not worth keeping.
            Forget(key, entry);
            throw;
        }
    }

    // Under a lock, so that many concurrent askers lead to one request.
    private Entry Find(TKey key, TimeSpan limit)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var known) && time.GetElapsedTime(known.ReadAt) < limit)
                return known;
            foreach (var old in _entries.Where(e => time.GetElapsedTime(e.Value.ReadAt) >= Forgotten).ToList())
                _entries.Remove(old.Key);
            return _entries[key] = new Entry(time.GetTimestamp(), Task.Run(() => read(key)));
        }
    }

    private void Forget(TKey key, Entry entry)
    {
        lock (_lock)
        {
            if (_entries.GetValueOrDefault(key) == entry)
                _entries.Remove(key);
        }
    }

    private sealed record Entry(long ReadAt, Task<TValue> Value);
}
