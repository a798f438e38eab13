namespace PrEnv.Core.Queueing;

/// <summary>Failures by key. Thread-safe.</summary>
internal sealed class FailureCounts<TKey>
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, int> _failures = [];

    /// <summary>Counts another one and returns how many there were before.</summary>
    public int Increment(TKey key)
    {
        lock (_gate)
        {
            var before = _failures.GetValueOrDefault(key);
            _failures[key] = before == int.MaxValue ? before : before + 1;
            return before;
        }
    }

    public int Get(TKey key)
    {
        lock (_gate)
            return _failures.GetValueOrDefault(key);
    }

    public void Clear(TKey key)
    {
        lock (_gate)
            _failures.Remove(key);
    }
}
