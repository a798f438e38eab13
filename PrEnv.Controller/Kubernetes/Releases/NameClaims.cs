using PrEnv.Core.Objects;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.Kubernetes.Releases;

/// <summary>
/// Which owner is creating which release. A new release appears in the cache only after a while; until then, another resource that wants
/// the same name would consider it free, and both write with the same field manager. Thread-safe.
/// </summary>
internal sealed class NameClaims(TimeProvider time)
{
    /// <summary>Longer than a watch needs to show a new object, and longer than it takes to notice a broken watch.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    private const int Capacity = 10_000;

    private readonly ExpiringMap<ResourceKey, string> _owners = new(time, Lifetime, Capacity);

    /// <summary>True when the name now belongs to that owner, through this call or an earlier one.</summary>
    public bool TryClaim(ResourceKey name, string ownerUid) => _owners.GetOrSet(name, ownerUid) == ownerUid;

    /// <summary>Releases the name, if it belongs to that owner.</summary>
    public void Release(ResourceKey name, string ownerUid) => _owners.Remove(name, ownerUid);
}
