using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Cluster;

/// <summary>
/// A change to a resource wakes that resource. Objects from the initial list and repetitions by a resync have a lower priority than
/// changes.
/// </summary>
internal sealed class ResourceHandler(RateLimitingQueue<ResourceKey> queue) : IInformerHandler<PREphemeralEnvController>
{
    public void OnAdded(PREphemeralEnvController item, bool isInInitialList) =>
        queue.Add(item.Metadata.Key, EventPriority.OfAdd(isInInitialList));

    public void OnUpdated(PREphemeralEnvController old, PREphemeralEnvController item)
    {
        // The controller writes the status itself, so a change of it is ignored.
        if (!IsOfTheStatusOnly(old.Metadata, item.Metadata))
            queue.Add(item.Metadata.Key, EventPriority.OfUpdate(old, item));
    }

    public void OnDeleted(Tombstone<PREphemeralEnvController> tombstone) => queue.Add(tombstone.Key);

    private static bool IsOfTheStatusOnly(ObjectMeta before, ObjectMeta now) =>
        before.ResourceVersion != now.ResourceVersion
        && before.Uid == now.Uid
        && before.Generation == now.Generation
        && MetadataChanges.AreNone(before, now);
}
