using PrEnv.Core.Objects;

namespace PrEnv.Core.LeaderElection;

/// <summary>
/// One Lease in the cluster, as one candidate sees it. Used by one caller at a time. Every member throws <see cref="ApiStatusException"/>
/// when the server refuses or cannot be reached, and <see cref="OperationCanceledException"/> when cancelled; a write may have happened all
/// the same.
/// </summary>
public interface ILeaseLock
{
    /// <summary>For people: <c>namespace/name</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The record as it is now; <see cref="LeaderRecord.Empty"/> when the Lease has no content; null when there is no Lease.
    /// </summary>
    Task<LeaderRecord?> GetAsync(CancellationToken cancellationToken);

    /// <summary>Makes the Lease. A conflict when there is one already.</summary>
    Task CreateAsync(LeaderRecord record, CancellationToken cancellationToken);

    /// <summary>Replaces the record that this lock last read or wrote. A conflict when somebody has changed the Lease since.</summary>
    Task UpdateAsync(LeaderRecord record, CancellationToken cancellationToken);
}
