using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Statuses;

/// <summary>Writes commit statuses. Throws only <see cref="OperationCanceledException"/>, and that only for the caller's token.</summary>
internal interface ICommitStatusReporter
{
    /// <summary>Posts one status; returns it.</summary>
    Task<WriteResult<CommitStatus>> PostAsync(RepositoryAccess access, CommitStatus status, CancellationToken cancellationToken);

    /// <summary>The newest status of that commit and context, by a conditional request.</summary>
    Task<StatusReading> ReadAsync(RepositoryAccess access, string sha, string context, CancellationToken cancellationToken);
}

/// <summary>What GitHub shows.</summary>
/// <param name="Known">False when GitHub could not be asked.</param>
/// <param name="Status">The newest status; null when there is none.</param>
internal readonly record struct StatusReading(bool Known, CommitStatus? Status);
