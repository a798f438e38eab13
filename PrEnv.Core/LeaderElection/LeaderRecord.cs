namespace PrEnv.Core.LeaderElection;

/// <summary>What a Lease says of its holder. Immutable; equal when every field is.</summary>
/// <remarks>
/// The times are the writers' wall clocks and there for people: no decision is made from them. See
/// https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/lease-v1/.
/// </remarks>
/// <param name="HolderIdentity">Who leads; empty when nobody does.</param>
/// <param name="LeaseDuration">How long others wait after the last change of the record before they take over; zero when it does not
/// say.</param>
/// <param name="AcquireTime">When the holder came to lead.</param>
/// <param name="RenewTime">When the holder last said so.</param>
/// <param name="LeaderTransitions">How often the holder has changed.</param>
public sealed record LeaderRecord(
    string HolderIdentity, TimeSpan LeaseDuration, DateTimeOffset? AcquireTime, DateTimeOffset? RenewTime, int LeaderTransitions)
{
    /// <summary>What a Lease without any content says.</summary>
    public static LeaderRecord Empty { get; } = new("", TimeSpan.Zero, null, null, 0);
}
