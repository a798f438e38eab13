using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Cluster;

/// <summary>A change of a resource wakes that resource. What was there before we came, and what a resync repeats, lets changes go first.</summary>
internal sealed class ResourceHandler(RateLimitingQueue<ResourceKey> queue) : IInformerHandler<PREphemeralEnvController>
{
    public void OnAdded(PREphemeralEnvController item, bool isInInitialList) => queue.Add(KeyOf(item), EventPriority.OfAdd(isInInitialList));

    public void OnUpdated(PREphemeralEnvController old, PREphemeralEnvController item)
    {
        // The status is this controller's own word: that it was written is no news to it.
        if (!IsOfTheStatusOnly(old, item)) queue.Add(KeyOf(item), EventPriority.OfUpdate(old, item));
    }

    public void OnDeleted(Tombstone<PREphemeralEnvController> tombstone) => queue.Add(tombstone.Key);

    private static ResourceKey KeyOf(PREphemeralEnvController item) => new(item.Metadata.Namespace, item.Metadata.Name);

    private static bool IsOfTheStatusOnly(PREphemeralEnvController old, PREphemeralEnvController item)
    {
        var (before, now) = (old.Metadata, item.Metadata);
        return before.ResourceVersion != now.ResourceVersion
            && before.Uid == now.Uid
            && before.Generation == now.Generation
            && before.DeletionTimestamp == now.DeletionTimestamp
            && (before.Finalizers ?? []).SequenceEqual(now.Finalizers ?? [], StringComparer.Ordinal)
            && Same(before.Labels, now.Labels)
            && Same(before.Annotations, now.Annotations);
    }

    private static bool Same(IReadOnlyDictionary<string, string>? one, IReadOnlyDictionary<string, string>? other) =>
        (one?.Count ?? 0) == (other?.Count ?? 0)
        && (one is null || one.All(entry => other!.TryGetValue(entry.Key, out var value) && value == entry.Value));
}

/// <summary>A change of a HelmRelease wakes its owner; one that comes, goes or changes hands wakes all that might want its name.</summary>
internal sealed class ReleaseHandler(RateLimitingQueue<ResourceKey> queue, Store<PREphemeralEnvController> resources) : IInformerHandler<HelmRelease>
{
    // A rollout changes many releases at once; a moment's patience makes one look of many.
    private static readonly TimeSpan Coalescing = TimeSpan.FromMilliseconds(50);

    public void OnAdded(HelmRelease item, bool isInInitialList) => WakeAll(item, EventPriority.OfAdd(isInInitialList));

    public void OnUpdated(HelmRelease old, HelmRelease item)
    {
        var priority = EventPriority.OfUpdate(old, item);

        // Its labels may have been taken off, or changed to another owner's.
        if (Ownership.OwnerOf(old) is { } owner && owner == Ownership.OwnerOf(item)) queue.AddAfter(owner, Coalescing, priority);
        else
        {
            WakeAll(old, priority);
            WakeAll(item, priority);
        }
    }

    public void OnDeleted(Tombstone<HelmRelease> tombstone)
    {
        if (tombstone.LastKnown is { } last) WakeAll(last, KeyPriority.Normal);
    }

    // The owner, and all that might want the name.
    private void WakeAll(HelmRelease release, int priority)
    {
        if (Ownership.OwnerOf(release) is { } owner) queue.AddAfter(owner, Coalescing, priority);
        if (ReleaseNaming.PrNumberOf(release.Metadata.Name) is null) return;
        foreach (var resource in resources.List())
        {
            var destination = resource.Spec.EnvCreationHelmRepo?.DestinationNamespace ?? SpecDefaults.DestinationNamespace;
            if (destination == release.Metadata.Namespace)
                queue.AddAfter(new ResourceKey(resource.Metadata.Namespace, resource.Metadata.Name), Coalescing, priority);
        }
    }
}
