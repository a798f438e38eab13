using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Cluster;

/// <summary>
/// A change to a HelmRelease wakes its owner; one that is added, deleted or changes hands wakes all that might want its name. This
/// process's own writes are ignored: the plan that led to them already takes them into account.
/// </summary>
internal sealed class ReleaseHandler(
    RateLimitingQueue<ResourceKey> queue, Store<PREphemeralEnvController> resources, IClusterView cluster) : IInformerHandler<HelmRelease>
{
    // A rollout changes many releases at once; a short delay combines many reconciles into one.
    private static readonly TimeSpan Coalescing = TimeSpan.FromMilliseconds(50);

    // Flux tells each of its steps, and only the row repeats them.
    private static readonly TimeSpan CoalescingOfSteps = TimeSpan.FromSeconds(1);

    public void OnAdded(HelmRelease item, bool isInInitialList)
    {
        var priority = EventPriority.OfAdd(isInInitialList);
        if (isInInitialList || !cluster.IsOwnWrite(item))
            WakeOwner(item, priority);
        WakeOthers(item, priority);
    }

    public void OnUpdated(HelmRelease old, HelmRelease item)
    {
        var priority = EventPriority.OfUpdate(old, item);
        // Its labels may have been removed, or changed to another owner's.
        if (Ownership.OwnerOf(old) is { } owner && owner == Ownership.OwnerOf(item))
        {
            if (!cluster.IsOwnWrite(item) && !OnlyNotes(old, item))
                queue.AddAfter(owner, IsStep(old, item) ? CoalescingOfSteps : Coalescing, priority);
            return;
        }

        WakeOwner(old, priority);
        WakeOthers(old, priority);
        WakeOwner(item, priority);
        WakeOthers(item, priority);
    }

    public void OnDeleted(Tombstone<HelmRelease> tombstone)
    {
        cluster.Forget(tombstone.Key);
        if (tombstone.LastKnown is not { } last)
            return;
        WakeOwner(last, KeyPriority.Normal);
        WakeOthers(last, KeyPriority.Normal);
    }

    // What was reported to GitHub is recorded in our annotations.
    private static bool OnlyNotes(HelmRelease old, HelmRelease item) =>
        IsAskedForAsBefore(old, item)
        && old.Status?.ObservedGeneration == item.Status?.ObservedGeneration
        && old.Status?.LastAttemptedGeneration == item.Status?.LastAttemptedGeneration
        && (old.Status?.Conditions ?? []).SequenceEqual(item.Status?.Conditions ?? []);

    private static bool IsStep(HelmRelease old, HelmRelease item) =>
        IsAskedForAsBefore(old, item) && ReleaseState.Of(old).Kind == ReleaseState.Of(item).Kind;

    // Only Flux, or a note of ours, has changed it. This does not include a resync, which changes nothing.
    private static bool IsAskedForAsBefore(HelmRelease old, HelmRelease item) =>
        old.Metadata.ResourceVersion != item.Metadata.ResourceVersion
        && old.Metadata.Uid == item.Metadata.Uid
        && old.Metadata.Generation == item.Metadata.Generation
        && MetadataChanges.AreNone(old.Metadata, item.Metadata, OwnerLabels.IsNote);

    private void WakeOwner(HelmRelease release, int priority)
    {
        if (Ownership.OwnerOf(release) is { } owner)
            queue.AddAfter(owner, Coalescing, priority);
    }

    // All that might want the name.
    private void WakeOthers(HelmRelease release, int priority)
    {
        if (ReleaseNaming.PrNumberOf(release.Metadata.Name) is null)
            return;
        var owner = Ownership.OwnerOf(release);
        foreach (var resource in resources.List())
        {
            var destination = resource.Spec.EnvCreationHelmRepo?.DestinationNamespace ?? SpecDefaults.DestinationNamespace;
            if (destination == release.Metadata.Namespace && resource.Metadata.Key != owner)
                queue.AddAfter(resource.Metadata.Key, Coalescing, priority);
        }
    }
}
