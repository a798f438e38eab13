using PrEnv.Core.Objects;

namespace PrEnv.Core.LeaderElection;

/// <summary>
/// One Lease in the cluster, as one candidate sees it. Used by one caller at a time. Every member throws <see cref="ApiStatusException"/>
/// when the server refuses or cannot be reached, and <see cref="OperationCanceledException"/> when cancelled; a write may have happened
/// nevertheless.
/// </summary>
public interface ILeaseLock
{
    /// <summary>For people: <c>namespace/name</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The current record; <see cref="LeaderRecord.Empty"/> if the Lease has no content; null if the Lease does not exist.
    /// </summary>
    Task<LeaderRecord?> GetAsync(CancellationToken cancellationToken);

    /// <summary>Creates the Lease. A conflict if it already exists.</summary>
    Task CreateAsync(LeaderRecord record, CancellationToken cancellationToken);

    /// <summary>Replaces the record that this lock last read or wrote. A conflict if the Lease has been changed since.</summary>
    Task UpdateAsync(LeaderRecord record, CancellationToken cancellationToken);
}
