using System.Collections.Concurrent;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Cluster;

/// <summary>
/// The version that this process wrote last of each object, until the watch has shown it. A watch that is quicker than the answer to the
/// write is not recognised, and costs one reconcile. Thread-safe.
/// </summary>
internal sealed class OwnWrites
{
    private readonly ConcurrentDictionary<ResourceKey, string> _versions = new();

    public void Note(IClusterObject written) => _versions[written.Metadata.Key] = written.Metadata.ResourceVersion;

    /// <summary>The object is gone.</summary>
    public void Forget(ResourceKey key) => _versions.TryRemove(key, out _);

    /// <summary>Is that the version that was written? True once.</summary>
    public bool Recognises(IClusterObject seen) =>
        _versions.TryRemove(KeyValuePair.Create(seen.Metadata.Key, seen.Metadata.ResourceVersion));
}
