using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>Kinds of <see cref="StoreChange{T}"/>.</summary>
public enum StoreChangeKind
{
    /// <summary>The store did not have the key.</summary>
    Added,

    /// <summary>The store had the key with another object.</summary>
    Updated,

    /// <summary>The store had the key and no longer does.</summary>
    Deleted,
}

/// <summary>One step of a store from one state to the next.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Key">To which key.</param>
/// <param name="Old">The object before; for a deletion its last known state. Null when added.</param>
/// <param name="New">The object after; null when deleted.</param>
/// <param name="IsFinalStateUnknown">For a deletion: was it only inferred from a list?</param>
public readonly record struct StoreChange<T>(StoreChangeKind Kind, ResourceKey Key, T? Old, T? New, bool IsFinalStateUnknown = false)
    where T : class, IClusterObject
{
    /// <summary>True for an update to another object of the same name: the old one was deleted unseen.</summary>
    public bool IsReplacement => Kind == StoreChangeKind.Updated && Old!.Metadata.Uid != New!.Metadata.Uid;

    /// <summary>True for an update to the very same version: a relist or resync, nothing new.</summary>
    public bool IsSameVersion =>
        Kind == StoreChangeKind.Updated
        && Old!.Metadata.ResourceVersion.Length > 0
        && Old.Metadata.ResourceVersion == New!.Metadata.ResourceVersion
        && Old.Metadata.Uid == New.Metadata.Uid;
}
