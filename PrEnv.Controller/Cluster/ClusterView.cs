using System.Collections.Immutable;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Cluster;

/// <summary>The informers' stores, overlaid with this process's own writes until the watch has returned them.</summary>
internal sealed class ClusterView(
    SharedInformer<PREphemeralEnvController> resources,
    SharedInformer<HelmRelease> releases,
    Func<string, IEnumerable<IListWatch<HelmRelease>>> select,
    TimeProvider time,
    LabelSelector? shard = null) : IClusterView, IDisposable
{
    /// <summary>Index of HelmReleases by namespace and name of their owner: its UID may be that of an earlier one.</summary>
    public const string ByOwner = "owner";

    /// <summary>Index of HelmReleases with a name that we use, by namespace.</summary>
    public const string ByNamespace = "namespace";

    private const int MaxReadings = 3;

    // A watch that expired while thousands of releases were made takes minutes to list them all again. What is forgotten before would be
    // made again, and its own creation taken for somebody else's.
    private static readonly TimeSpan OverlayTime = TimeSpan.FromMinutes(10);

    private readonly MutationCache<PREphemeralEnvController> _writtenResources = new(resources.Store, OverlayTime, time);
    private readonly OwnWrites _ownWrites = new();

    private readonly MutationCache<HelmRelease> _writtenReleases = new(releases.Store, OverlayTime, time);

    public FluxState Flux =>
        releases.LastListFailure is { IsNotFound: true } ? FluxState.NotInstalled
        : releases.HasSynced ? FluxState.Synced
        : FluxState.Syncing;

    public PREphemeralEnvController? Resource(ResourceKey key)
    {
        var resource = _writtenResources.Get(key);
        return resource is null || IsOurs(resource) ? resource : null;
    }

    public IReadOnlySet<string> ResourceUids() =>
        resources.Store.List().Select(r => r.Metadata.Uid).ToHashSet(StringComparer.Ordinal);

    public ImmutableArray<HelmRelease> ReleasesFor(PREphemeralEnvController owner, string destination) =>
    [
        .. _writtenReleases.ByIndex(ByOwner, owner.Metadata.Key.ToString())
            .Concat(_writtenReleases.ByIndex(ByNamespace, destination))
            .DistinctBy(r => r.Metadata.Uid, StringComparer.Ordinal)
            .Where(r => !IsOutlineOf(owner, r)),
    ];

    public async Task CompleteAsync(PREphemeralEnvController owner, CancellationToken cancellationToken)
    {
        // An event that was read just before the resource came is only in the store after the list.
        for (var i = 0; i < MaxReadings && _writtenReleases.ByIndex(ByOwner, owner.Metadata.Key.ToString()).Any(r => r.IsOutline); i++)
        {
            var selector = $"{OwnerLabels.Namespace}={owner.Metadata.Namespace},{OwnerLabels.Name}={owner.Metadata.Name}";
            foreach (var read in await ReadAsync(selector, cancellationToken))
            {
                releases.Store.Refine(read);
                _writtenReleases.Mutated(read);
            }
        }
    }

    public async Task<(FluxState Flux, ImmutableArray<HelmRelease> Releases)> ReadOwnedAsync(
        PREphemeralEnvController owner, CancellationToken cancellationToken)
    {
        try
        {
            return (FluxState.Synced, await ReadAsync($"{OwnerLabels.Uid}={owner.Metadata.Uid}", cancellationToken));
        }
        catch (ApiStatusException e) when (e.Status.IsNotFound)
        {
            return (FluxState.NotInstalled, []);
        }
    }

    public bool IsOwnWrite(HelmRelease release) => _ownWrites.Recognises(release);

    public void Forget(ResourceKey release) => _ownWrites.Forget(release);

    public void Remember(HelmRelease written)
    {
        _ownWrites.Note(written);
        _writtenReleases.Mutated(written);
    }

    public void Remember(PREphemeralEnvController written) => _writtenResources.Mutated(written);

    public void Dispose()
    {
        _writtenResources.Dispose();
        _writtenReleases.Dispose();
    }

    /// <summary>The indexes that the store of HelmReleases needs.</summary>
    public static IReadOnlyDictionary<string, Func<HelmRelease, IEnumerable<string>>> Indexes { get; } =
        new Dictionary<string, Func<HelmRelease, IEnumerable<string>>>(StringComparer.Ordinal)
        {
            [ByOwner] = r => Ownership.OwnerOf(r) is { } owner ? [owner.ToString()] : [],
            [ByNamespace] = r => ReleaseNaming.PrNumberOf(r.Metadata.Name) is null ? [] : [r.Metadata.Namespace],
        };

    // Its owner was another shard's when it was read, and what the plan needs of it was not kept.
    private static bool IsOutlineOf(PREphemeralEnvController owner, HelmRelease release) =>
        release.IsOutline && Ownership.OwnerOf(release) == owner.Metadata.Key;

    private async Task<ImmutableArray<HelmRelease>> ReadAsync(string selector, CancellationToken cancellationToken)
    {
        var found = ImmutableArray.CreateBuilder<HelmRelease>();
        foreach (var source in select(selector))
            found.AddRange((await source.ListAsync(new ListOptions(""), cancellationToken)).Items);
        return found.ToImmutable();
    }

    // The server has selected what is in the store, which need not keep the labels. The answer to a write may show, before the watch does,
    // that the resource has moved on to another shard.
    private bool IsOurs(PREphemeralEnvController resource) =>
        shard is null
        || ReferenceEquals(resource, resources.Store.Get(resource.Metadata.Key))
        || shard.Matches(resource.Metadata.Labels);
}
