using System.Collections.Concurrent;

namespace PrEnv.Sandbox.Flux;

/// <summary>
/// The newest known state of every HelmRelease, from the watch and from the answers to the double's own writes: the watch lags, and a look
/// at an older state would overwrite conditions that were just written. Thread-safe.
/// </summary>
internal sealed class ReleaseCache
{
    private readonly ConcurrentDictionary<ReleaseKey, HelmReleaseObject> _releases = new();

    public ICollection<ReleaseKey> Keys => _releases.Keys;

    public HelmReleaseObject? Find(ReleaseKey key) => _releases.GetValueOrDefault(key);

    /// <summary>Keeps the newer of the two.</summary>
    public HelmReleaseObject Keep(HelmReleaseObject release) =>
        _releases.AddOrUpdate(release.Key, release, (_, known) => IsOlder(known, release) ? release : known);

    /// <summary>Whether that version, or a newer one, has come here, or the release is gone.</summary>
    public bool IsPast(HelmReleaseObject release) => Find(release.Key) is not { } known || !IsOlder(known, release);

    /// <summary>False when it was not known.</summary>
    public bool Forget(ReleaseKey key) => _releases.TryRemove(key, out _);

    /// <summary>
    /// Versions of one kind in one cluster are whole numbers that grow.
    /// See https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions.
    /// </summary>
    private static bool IsOlder(HelmReleaseObject known, HelmReleaseObject other) =>
        (known.ResourceVersion.Length, known.ResourceVersion).CompareTo((other.ResourceVersion.Length, other.ResourceVersion)) < 0;
}
