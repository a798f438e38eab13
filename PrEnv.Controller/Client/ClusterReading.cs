using System.Collections.Immutable;
using System.Net;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Controller.Memory;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Client;

/// <summary>
/// What a command sees of the cluster: read once for one resource, with the rights of whoever runs it. What they may not read is a gap,
/// not a failure.
/// </summary>
internal sealed class ClusterReading(ListWatchFactory lists, CheckedSpecs specs) : IClusterView
{
    private PREphemeralEnvController? _resource;
    private ImmutableArray<HelmRelease> _releases = [];
    private ImmutableHashSet<string> _uids = [];

    /// <summary>What could not be read for want of a right: the server's sentences.</summary>
    public ImmutableArray<string> Gaps { get; private set; } = [];

    public FluxState Flux { get; private set; } = FluxState.Syncing;

    /// <summary>Reads what concerns a resource.</summary>
    /// <exception cref="ApiStatusException">The server refused for another reason than a missing right.</exception>
    public async Task LoadAsync(PREphemeralEnvController resource, CancellationToken cancellationToken)
    {
        (_resource, _releases, _uids, Gaps, Flux) = (resource, [], [], [], FluxState.Synced);
        var (name, @namespace) = (resource.Metadata.Name, resource.Metadata.Namespace);
        var labelled = await ListAsync(
            lists.Releases(null, $"{OwnerLabels.Name}={name},{OwnerLabels.Namespace}={@namespace}"), cancellationToken);
        var named = specs.Of(resource).Spec is { } spec
            ? await ListAsync(lists.Releases(spec.DestinationNamespace), cancellationToken)
            : [];
        _releases = [.. labelled.Concat(named).DistinctBy(r => r.Metadata.Uid, StringComparer.Ordinal)];
        // One that names a resource of another UID may be one that still exists.
        var strays = _releases.Where(r => Ownership.PrNumberIfStray(r, resource) is not null).ToList();
        if (strays.Count == 0)
            return;
        var all = await ListAsync(lists.Resources(), cancellationToken);
        _uids = Gaps.IsEmpty
            ? [.. all.Select(r => r.Metadata.Uid)]
            : [.. strays.Select(r => r.Metadata.Label(OwnerLabels.Uid)!)];
    }

    public PREphemeralEnvController? Resource(ResourceKey key) => _resource?.Metadata.Key == key ? _resource : null;

    public IReadOnlySet<string> ResourceUids() => _uids;

    public ImmutableArray<HelmRelease> ReleasesFor(PREphemeralEnvController owner, string destination) =>
    [
        .. _releases.Where(r => Ownership.OwnerOf(r) == owner.Metadata.Key
            || (r.Metadata.Namespace == destination && ReleaseNaming.PrNumberOf(r.Metadata.Name) is not null)),
    ];

    public Task CompleteAsync(PREphemeralEnvController owner, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<(FluxState Flux, ImmutableArray<HelmRelease> Releases)> ReadOwnedAsync(
        PREphemeralEnvController owner, CancellationToken cancellationToken) =>
        Task.FromResult<(FluxState, ImmutableArray<HelmRelease>)>(
            (Flux, [.. _releases.Where(r => r.Metadata.Label(OwnerLabels.Uid) == owner.Metadata.Uid)]));

    public bool IsOwnWrite(HelmRelease release) => false;

    public void Forget(ResourceKey release)
    {
    }

    public void Remember(HelmRelease written)
    {
    }

    public void Remember(PREphemeralEnvController written)
    {
    }

    private async Task<ImmutableArray<T>> ListAsync<T>(IListWatch<T> source, CancellationToken cancellationToken)
        where T : class, IClusterObject
    {
        try
        {
            return (await source.ListAsync(new ListOptions(""), cancellationToken)).Items;
        }
        catch (ApiStatusException refusal) when (refusal.Status.Code == (int)HttpStatusCode.Forbidden)
        {
            Gaps = Gaps.Contains(refusal.Status.Message, StringComparer.Ordinal) ? Gaps : Gaps.Add(refusal.Status.Message);
            return [];
        }
        catch (ApiStatusException missing) when (missing.Status.IsNotFound)
        {
            Flux = FluxState.NotInstalled;
            return [];
        }
    }
}
