using System.Collections.Immutable;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Tests.Planning.Simulation;

namespace PrEnv.Tests.Planning.Soak;

/// <summary>A cache of releases whose watch may be behind, but for the process's own writes.</summary>
internal sealed class LaggingCache(FakeCluster cluster)
{
    private Dictionary<ResourceKey, HelmRelease>? _seen;

    public ImmutableArray<HelmRelease> Releases => _seen is null ? cluster.Releases
        : [.. _seen.Values.OrderBy(r => r.Metadata.Key.ToString(), StringComparer.Ordinal)];

    public void Lag() => _seen ??= cluster.Releases.ToDictionary(r => r.Metadata.Key);

    public void Follow() => _seen = null;

    public void Wrote(ResourceKey key)
    {
        if (_seen is null)
            return;
        if (cluster.Find(key) is { } release)
            _seen[key] = release;
        else
            _seen.Remove(key);
    }
}
