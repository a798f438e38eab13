using System.Collections.Concurrent;
using System.Collections.Immutable;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Cluster;

/// <summary>
/// The versions of objects that this process has written, until the watch has shown them. A watch that is quicker than the answer to the
/// write is not recognised, and costs one reconcile. Thread-safe.
/// </summary>
internal sealed class OwnWrites
{
    // An apply and the notes of what was reported of it may be on their way at the same time.
    private const int MaxVersions = 8;

    private readonly ConcurrentDictionary<ResourceKey, ImmutableList<string>> _versions = new();

    public void Note(IClusterObject written) => _versions.AddOrUpdate(
        written.Metadata.Key,
        static (_, version) => [version],
        static (_, known, version) => (known.Count < MaxVersions ? known : known.RemoveAt(0)).Add(version),
        written.Metadata.ResourceVersion);

    /// <summary>The object is gone.</summary>
    public void Forget(ResourceKey key) => _versions.TryRemove(key, out _);

    /// <summary>Is that a version that was written? True once.</summary>
    public bool Recognises(IClusterObject seen)
    {
        var (key, version) = (seen.Metadata.Key, seen.Metadata.ResourceVersion);
        while (_versions.TryGetValue(key, out var known))
        {
            if (!known.Contains(version, StringComparer.Ordinal))
                return false;
            if (_versions.TryUpdate(key, known.Remove(version, StringComparer.Ordinal), known))
                return true;
        }

        return false;
    }
}
