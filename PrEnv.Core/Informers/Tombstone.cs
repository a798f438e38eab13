using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>What is known about a deleted object.</summary>
/// <param name="Key">Its key; always known.</param>
/// <param name="LastKnown">The last state that was seen; null when none was.</param>
/// <param name="IsFinalStateUnknown">
/// True when the deletion itself was missed (a relist no longer had the object), so that <paramref name="LastKnown"/> may not be
/// the object's last state.
/// </param>
public sealed record Tombstone<T>(ResourceKey Key, T? LastKnown, bool IsFinalStateUnknown)
    where T : class, IClusterObject;
