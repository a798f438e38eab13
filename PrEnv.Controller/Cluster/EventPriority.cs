using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;

namespace PrEnv.Controller.Cluster;

/// <summary>
/// How urgent an informer's news is. As controller-runtime has it: only what changed is; else the objects of a large cluster would be in
/// front of every change after each start.
/// </summary>
internal static class EventPriority
{
    /// <summary>Of an object that is there.</summary>
    public static int OfAdd(bool isInInitialList) => isInInitialList ? KeyPriority.Low : KeyPriority.Normal;

    /// <summary>Of an update: a resync repeats the version that is known.</summary>
    public static int OfUpdate(IClusterObject old, IClusterObject item) =>
        old.Metadata.ResourceVersion == item.Metadata.ResourceVersion ? KeyPriority.Low : KeyPriority.Normal;
}
