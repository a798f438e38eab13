namespace PrEnv.Core.Queueing;

/// <summary>Remembers when keys were added and taken, and reports it. Not thread-safe: its queue calls it under the lock.</summary>
internal sealed class QueueTimes<TKey>(IQueueMetrics metrics, TimeProvider time)
    where TKey : notnull
{
    private readonly Dictionary<TKey, long> _added = [];
    private readonly Dictionary<TKey, long> _taken = [];

    public void Added(TKey key, int depth)
    {
        metrics.Added();
        metrics.SetDepth(depth);
        _added.TryAdd(key, time.GetTimestamp());
    }

    public void Taken(TKey key, int depth)
    {
        metrics.SetDepth(depth);
        _taken[key] = time.GetTimestamp();
        if (_added.Remove(key, out var added))
            metrics.QueueLatency(time.GetElapsedTime(added));
    }

    public void Finished(TKey key)
    {
        if (_taken.Remove(key, out var taken))
            metrics.WorkDuration(time.GetElapsedTime(taken));
    }

    public void ReportUnfinished()
    {
        var now = time.GetTimestamp();
        var total = TimeSpan.Zero;
        var longest = TimeSpan.Zero;
        foreach (var taken in _taken.Values)
        {
            var running = time.GetElapsedTime(taken, now);
            total += running;
            longest = running > longest ? running : longest;
        }

        metrics.SetUnfinishedWork(total);
        metrics.SetLongestRunning(longest);
    }
}
