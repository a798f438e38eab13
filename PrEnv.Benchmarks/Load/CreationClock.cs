using System.Diagnostics;
using PrEnv.Core.Informers;
using PrEnv.Core.Resources;

namespace PrEnv.Benchmarks.Load;

/// <summary>Times how long the releases of one namespace take to appear, seen by a watch: the same eye for everybody.</summary>
internal static class CreationClock
{
    /// <summary>From the first to the last of so many.</summary>
    public static async Task<TimeSpan> MeasureAsync(IListWatch<HelmRelease> releases, int count, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var start = 0L;
        var version = (await releases.ListAsync(new ListOptions(""), cancellationToken)).ResourceVersion;
        await foreach (var change in releases.WatchAsync(new WatchOptions(version, TimeSpan.FromMinutes(10)), cancellationToken))
        {
            if (change is not { Type: WatchEventType.Added, Object: { } created } || !seen.Add(created.Metadata.Uid)) continue;
            if (seen.Count == 1) start = Stopwatch.GetTimestamp();
            if (seen.Count == count) return Stopwatch.GetElapsedTime(start);
        }

        throw new InvalidOperationException($"The watch ended after {seen.Count} of {count} releases.");
    }
}
