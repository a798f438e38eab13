using PrEnv.Controller.Cluster;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Probing;
using PrEnv.Core.Environments;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Reading;

/// <summary>Gathers all that a plan is made from into one immutable snapshot.</summary>
internal sealed class Gatherer(
    IClusterView cluster, ListingPoller pullRequests, ReviewReader reviews, CommandReader commands, LastWords lastWords, IProbeSchedule probes, ControllerSettings settings, TimeProvider time)
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
            await lastWords.PrepareAsync(resource, owned, memory, cancellationToken);
            return snapshot with { Flux = flux, Releases = owned, Deployments = memory.Deployments.ToDictionary(), Comments = memory.Comments.ToDictionary() };
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
        memory.Keep(snapshot.Releases.Select(r => r.Metadata.Uid).ToHashSet(StringComparer.Ordinal), Numbers(snapshot));
        NoteHeads(listing, memory, time.GetUtcNow());
        await commands.ReadAsync(spec, listing, memory, cancellationToken);
        snapshot = snapshot with
        {
            Commands = [.. memory.Commands.Pending],
            HeadSeen = memory.Heads.ToDictionary(h => h.Key, h => h.Value.At),
        };
        var readings = await reviews.ReadAsync(EnvironmentReconciler.PullRequestsToReview(snapshot), memory, cancellationToken);
        var confirmations = await pullRequests.ConfirmAsync(EnvironmentReconciler.PullRequestsToConfirm(snapshot), memory, cancellationToken);
        return snapshot with
        {
            Confirmations = confirmations,
            Reviews = readings,
            Told = memory.Told.ToDictionary(),
            Deployments = memory.Deployments.ToDictionary(),
            Comments = memory.Comments.ToDictionary(),
            Probes = probes.ObservationsOf(new ResourceKey(resource.Metadata.Namespace, resource.Metadata.Name)),
            Reported = memory.Posted.ToDictionary(p => p.Key, p => p.Value.Status, StringComparer.Ordinal),
            Now = time.GetUtcNow(),
        };
    }

    // Listed, or with an environment that is still there.
    private static HashSet<int>? Numbers(Snapshot snapshot) => snapshot.Listing is PullRequestListing.Complete complete
        ? [.. complete.PullRequests.Select(p => p.Number), .. snapshot.Releases.Select(r => Ownership.PrNumberIfOwned(r, snapshot.Resource)).OfType<int>()]
        : null;

    private static void NoteHeads(PullRequestListing listing, ResourceMemory memory, DateTimeOffset now)
    {
        if (listing is not PullRequestListing.Complete complete) return;
        foreach (var pullRequest in complete.PullRequests)
        {
            if (!memory.Heads.TryGetValue(pullRequest.Number, out var head) || head.Sha != pullRequest.HeadSha)
                memory.Heads[pullRequest.Number] = (pullRequest.HeadSha, now);
        }
    }
}
