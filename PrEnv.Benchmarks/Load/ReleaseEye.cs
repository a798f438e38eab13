using System.Collections.Concurrent;
using PrEnv.Core.Informers;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Sandbox.Loopback;

namespace PrEnv.Benchmarks.Load;

/// <summary>Sees every HelmRelease by a watch of its own. Thread-safe.</summary>
internal sealed class ReleaseEye : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, (string? Sha, string? ChartVersion)> _seen = new(StringComparer.Ordinal);
    private readonly ChangeSignal _changed = new();
    private readonly ReleaseWatch _watch;
    private int _updates;

    public ReleaseEye(IListWatch<HelmRelease> releases) => _watch = new ReleaseWatch(releases, (release, _) => See(release));

    /// <summary>How often a release got another commit so far.</summary>
    public int Updates => Volatile.Read(ref _updates);

    /// <summary>The commit of a release.</summary>
    public string? Sha(string @namespace, int number) => _seen.GetValueOrDefault(Key(@namespace, ReleaseNaming.NameOf(number))).Sha;

    /// <summary>The version of the chart of a release.</summary>
    public string? ChartVersion(string @namespace, int number) =>
        _seen.GetValueOrDefault(Key(@namespace, ReleaseNaming.NameOf(number))).ChartVersion;

    public Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken) => _changed.UntilAsync(condition, cancellationToken);

    public ValueTask DisposeAsync() => _watch.DisposeAsync();

    private void See(HelmRelease release)
    {
        var (key, sha) = (Key(release.Metadata.Namespace, release.Metadata.Name), ReleaseValues.Read(release.Spec).PrSha);
        if (_seen.GetValueOrDefault(key).Sha != sha)
            Interlocked.Increment(ref _updates);
        _seen[key] = (sha, release.Spec.ReadChart()?.Version);
        _changed.Pulse();
    }

    private static string Key(string @namespace, string name) => $"{@namespace}/{name}";
}
