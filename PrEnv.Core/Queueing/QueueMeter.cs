using System.Runtime.InteropServices;

namespace PrEnv.Core.Queueing;

/// <summary>Turns what happens to the entries of a queue into its metrics. Not thread-safe: its queue calls it under the lock.</summary>
internal sealed class QueueMeter<TKey>(IQueueMetrics metrics, TimeProvider time)
    where TKey : notnull
{
    private readonly Dictionary<int, int> _depths = [];

    public void Added(KeyEntry<TKey> entry)
    {
        metrics.Added();
        ChangeDepth(entry.Priority, 1);
        entry.AddedAt = time.GetTimestamp();
    }

    public void Raised(int before, int after)
    {
        ChangeDepth(before, -1);
        ChangeDepth(after, 1);
    }

    public void Taken(KeyEntry<TKey> entry)
    {
        ChangeDepth(entry.Priority, -1);
        entry.TakenAt = time.GetTimestamp();
        metrics.QueueLatency(time.GetElapsedTime(entry.AddedAt, entry.TakenAt));
    }

    public void Finished(KeyEntry<TKey> entry) => metrics.WorkDuration(time.GetElapsedTime(entry.TakenAt));

    public void ReportHeld(KeyList<TKey> held)
    {
        var now = time.GetTimestamp();
        var total = TimeSpan.Zero;
        var longest = TimeSpan.Zero;
        for (var entry = held.First; entry is not null; entry = entry.Next)
        {
            var running = time.GetElapsedTime(entry.TakenAt, now);
            total += running;
            longest = running > longest ? running : longest;
        }

        metrics.SetUnfinishedWork(total);
        metrics.SetLongestRunning(longest);
    }

    private void ChangeDepth(int priority, int change)
    {
        ref var depth = ref CollectionsMarshal.GetValueRefOrAddDefault(_depths, priority, out _);
        depth += change;
        metrics.SetDepth(depth, priority);
    }
}
