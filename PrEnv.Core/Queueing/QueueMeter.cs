using System.Runtime.InteropServices;

namespace PrEnv.Core.Queueing;

/// <summary>Derives a queue's metrics from what happens to its entries. Not thread-safe: its queue calls it under the lock.</summary>
internal sealed class QueueMeter<TKey>(IQueueMetrics metrics, TimeProvider time)
    where TKey : notnull
{
    private readonly Dictionary<int, int> _depths = [];

    public void Added(ref KeyEntry<TKey> entry, long now)
    {
        metrics.Added();
        ChangeDepth(entry.Priority, 1);
        entry.AddedAt = now;
    }

    public void Raised(int before, int after)
    {
        ChangeDepth(before, -1);
        ChangeDepth(after, 1);
    }

    public void Taken(ref KeyEntry<TKey> entry, long now)
    {
        ChangeDepth(entry.Priority, -1);
        entry.TakenAt = now;
        metrics.QueueLatency(Elapsed(entry.AddedAt, now));
    }

    public void Finished(in KeyEntry<TKey> entry, long now) => metrics.WorkDuration(Elapsed(entry.TakenAt, now));

    public void ReportHeld(KeyList<TKey> held, KeyTable<TKey> table, long now)
    {
        var total = TimeSpan.Zero;
        var longest = TimeSpan.Zero;
        for (var slot = held.First; slot != KeyTable<TKey>.None; slot = table[slot].Next)
        {
            var running = Elapsed(table[slot].TakenAt, now);
            total += running;
            longest = running > longest ? running : longest;
        }

        metrics.SetUnfinishedWork(total);
        metrics.SetLongestRunning(longest);
    }

    // A thread that waited for the lock has the older time.
    private TimeSpan Elapsed(long from, long to) => time.GetElapsedTime(Math.Min(from, to), to);

    private void ChangeDepth(int priority, int change)
    {
        ref var depth = ref CollectionsMarshal.GetValueRefOrAddDefault(_depths, priority, out _);
        depth += change;
        metrics.SetDepth(depth, priority);
    }
}
