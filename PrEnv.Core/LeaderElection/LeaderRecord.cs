namespace PrEnv.Core.LeaderElection;

/// <summary>What a Lease says of its holder. Immutable; equal when every field is.</summary>
/// <remarks>
/// The times are from the writers' wall clocks and only for people: no decision depends on them. See
/// https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/lease-v1/.
/// </remarks>
/// <param name="HolderIdentity">Name of the leader; empty when there is none.</param>
/// <param name="LeaseDuration">How long others wait after the last change of the record before one takes over; zero if it is
/// missing.</param>
/// <param name="AcquireTime">When the holder became the leader.</param>
/// <param name="RenewTime">When the holder last renewed.</param>
/// <param name="LeaderTransitions">How often the holder has changed.</param>
public sealed record LeaderRecord(
    string HolderIdentity, TimeSpan LeaseDuration, DateTimeOffset? AcquireTime, DateTimeOffset? RenewTime, int LeaderTransitions)
{
    /// <summary>The record of a Lease without any content.</summary>
    public static LeaderRecord Empty { get; } = new("", TimeSpan.Zero, null, null, 0);
}
