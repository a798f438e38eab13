using PrEnv.Core.Informers;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Cluster;

/// <summary>
/// What a shard keeps of the HelmReleases of other shards' resources: the outline, which says that a name is taken, and by whom. When such
/// a resource comes, <see cref="IClusterView.CompleteAsync"/> reads the rest.
/// </summary>
/// <param name="resources">The shard's resources.</param>
internal sealed class ShardTrimming(Store<PREphemeralEnvController> resources)
{
    public HelmRelease Trim(HelmRelease release) =>
        Ownership.OwnerOf(release) is { } owner && resources.Get(owner) is null ? release.Outline() : release;
}
