using System.Diagnostics;
using PrEnv.Core.Informers;
using PrEnv.Core.Resources;

namespace PrEnv.Benchmarks.Load;

/// <summary>Times how long the releases of one namespace take to appear, seen by a watch: the same eye for everybody.</summary>
internal sealed class CreationClock
{
    private readonly IListWatch<HelmRelease> _releases;
    private readonly string _namespace;
    private readonly string _version;

    private CreationClock(IListWatch<HelmRelease> releases, string @namespace, string version)
    {
        _releases = releases;
        _namespace = @namespace;
        _version = version;
    }

    /// <summary>Sees all that is created from now on.</summary>
    public static async Task<CreationClock> SetAsync(
        IListWatch<HelmRelease> releases, string @namespace, CancellationToken cancellationToken) =>
        new(releases, @namespace, (await releases.ListAsync(new ListOptions(""), cancellationToken)).ResourceVersion);

    /// <summary>Releases per second from the first to the last of so many.</summary>
    public async Task<double> RateAsync(int count, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var start = 0L;
        for (var version = _version; ;)
        {
            await foreach (var change in _releases.WatchAsync(new WatchOptions(version, TimeSpan.FromMinutes(10)), cancellationToken))
            {
                version = change.ResourceVersion ?? version;
                if (change is not { Type: WatchEventType.Added, Object: { } created })
                    continue;
                if (created.Metadata.Namespace != _namespace || !seen.Add(created.Metadata.Uid))
                    continue;
                if (seen.Count == 1)
                    start = Stopwatch.GetTimestamp();
                if (seen.Count == count)
                    return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        }
    }
}
