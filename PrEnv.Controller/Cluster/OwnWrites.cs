using System.Collections.Concurrent;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Cluster;

/// <summary>
/// The version of each object that this process wrote last, until the watch has shown it. If the watch is quicker than the answer to the
/// write, the version is not recognised, which costs one reconcile. Thread-safe.
/// </summary>
internal sealed class OwnWrites
{
    private readonly ConcurrentDictionary<ResourceKey, string> _versions = new();

    public void Note(IClusterObject written) => _versions[written.Metadata.Key] = written.Metadata.ResourceVersion;

    /// <summary>The object is gone.</summary>
    public void Forget(ResourceKey key) => _versions.TryRemove(key, out _);

    /// <summary>Is this the version that was written? True once.</summary>
    public bool Recognises(IClusterObject seen) =>
        _versions.TryRemove(KeyValuePair.Create(seen.Metadata.Key, seen.Metadata.ResourceVersion));
}
