using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;

namespace PrEnv.Controller.Cluster;

/// <summary>
/// The priority of an informer's events. As in controller-runtime, only changes are urgent; otherwise, after each start, the objects of a
/// large cluster would come before every change.
/// </summary>
internal static class EventPriority
{
    /// <summary>Of an object that exists.</summary>
    public static int OfAdd(bool isInInitialList) => isInInitialList ? KeyPriority.Low : KeyPriority.Normal;

    /// <summary>Of an update: a resync repeats a known version.</summary>
    public static int OfUpdate(IClusterObject old, IClusterObject item) =>
        old.Metadata.ResourceVersion == item.Metadata.ResourceVersion ? KeyPriority.Low : KeyPriority.Normal;
}
