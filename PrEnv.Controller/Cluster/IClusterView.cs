using System.Collections.Immutable;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Cluster;

/// <summary>What the informers' caches show, with this process's own writes already in it.</summary>
internal interface IClusterView
{
    /// <summary>Can HelmReleases be seen?</summary>
    FluxState Flux { get; }

    /// <summary>The resource, or null when it no longer exists or now belongs to another shard: not a reason to delete anything.</summary>
    PREphemeralEnvController? Resource(ResourceKey key);

    /// <summary>UIDs of all resources that are known to exist.</summary>
    IReadOnlySet<string> ResourceUids();

    /// <summary>All releases whose labels name the owner, and all with a name that the owner might use in that namespace.</summary>
    ImmutableArray<HelmRelease> ReleasesFor(PREphemeralEnvController owner, string destination);

    /// <summary>
    /// Reads the owner's releases from the API server if they are known in outline only: it has come from another shard. Throws
    /// <see cref="Core.Objects.ApiStatusException"/>.
    /// </summary>
    Task CompleteAsync(PREphemeralEnvController owner, CancellationToken cancellationToken);

    /// <summary>
    /// The same, read from the API server, for a decision that must not rely on a cache: the removal of the finalizer.
    /// <see cref="FluxState.NotInstalled"/> when HelmReleases are not installed. Throws <see cref="Core.Objects.ApiStatusException"/>.
    /// </summary>
    Task<(FluxState Flux, ImmutableArray<HelmRelease> Releases)> ReadOwnedAsync(
        PREphemeralEnvController owner, CancellationToken cancellationToken);

    /// <summary>Was that version of the release written by this process itself, and not changed since? True once for each write.</summary>
    bool IsOwnWrite(HelmRelease release);

    /// <summary>The release is gone.</summary>
    void Forget(ResourceKey release);

    /// <summary>Shows what a write has returned until the cache has caught up.</summary>
    void Remember(HelmRelease written);

    /// <inheritdoc cref="Remember(HelmRelease)"/>
    void Remember(PREphemeralEnvController written);
}
