using System.Collections.Immutable;
using PrEnv.Controller.Probing;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reconcile;

/// <summary>Gathers all that a plan is made from into one immutable snapshot.</summary>
internal sealed class Gatherer(
    IClusterView cluster, PullRequestReader pullRequests, IProbeSchedule probes, ControllerSettings settings, TimeProvider time)
{
    public async Task<Snapshot> GatherAsync(PREphemeralEnvController resource, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var snapshot = new Snapshot
        {
            Resource = resource,
            Settings = settings,
            Flux = cluster.Flux,
            Now = time.GetUtcNow(),
        };
        if (resource.Metadata.DeletionTimestamp is not null)
        {
            if (resource.Spec.Suspend == true) return snapshot;
            var (flux, owned) = await cluster.ReadOwnedAsync(resource, cancellationToken);
            return snapshot with { Flux = flux, Releases = owned };
        }

        if (resource.Spec.Suspend == true || snapshot.Flux != FluxState.Synced) return snapshot;
        if (SpecReader.Read(resource, settings).Spec is not { } spec) return snapshot;

        var listing = await pullRequests.ListAsync(resource, spec, memory, cancellationToken);
        snapshot = snapshot with
        {
            Listing = listing,
            Remembered = memory.Remembered,
            Releases = cluster.ReleasesFor(resource, spec.DestinationNamespace),
        };
        memory.Keep(snapshot.Releases.Select(r => r.Metadata.Uid).ToHashSet(StringComparer.Ordinal));
        var confirmations = await pullRequests.ConfirmAsync(EnvironmentReconciler.PullRequestsToConfirm(snapshot), memory, cancellationToken);
        return snapshot with
        {
            Confirmations = confirmations,
            Probes = probes.ObservationsOf(new ResourceKey(resource.Metadata.Namespace, resource.Metadata.Name)),
            Reported = memory.Posted.ToImmutableDictionary(p => p.Key, p => p.Value.Status, StringComparer.Ordinal),
            Now = time.GetUtcNow(),
        };
    }
}
