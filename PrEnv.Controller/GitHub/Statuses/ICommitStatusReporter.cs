using PrEnv.Controller.GitHub.Access;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Statuses;

/// <summary>Writes commit statuses. Throws only <see cref="OperationCanceledException"/>, and that only for the caller's token.</summary>
internal interface ICommitStatusReporter
{
    /// <summary>Posts one status.</summary>
    Task<ReportResult> PostAsync(RepositoryAccess access, CommitStatus status, CancellationToken cancellationToken);

    /// <summary>The newest status of that commit and context, by a conditional request.</summary>
    Task<StatusReading> ReadAsync(RepositoryAccess access, string sha, string context, CancellationToken cancellationToken);
}

/// <summary>What came of a post.</summary>
internal abstract record ReportResult
{
    private ReportResult()
    {
    }

    /// <summary>GitHub has it.</summary>
    public sealed record Posted : ReportResult;

    /// <summary>GitHub has it not.</summary>
    /// <param name="Message">A sentence for the operator, free of tokens, headers and bodies, the same for the same cause.</param>
    /// <param name="Permanent">True when the same request can never succeed (an unknown commit, too many statuses): do not try again.</param>
    public sealed record Failed(string Message, bool Permanent) : ReportResult;

    /// <summary>Not sent: a rate limit, GitHub's or our own budget of writes.</summary>
    /// <param name="Until">When to try again.</param>
    public sealed record Deferred(DateTimeOffset Until) : ReportResult;
}

/// <summary>What GitHub shows.</summary>
/// <param name="Known">False when GitHub could not be asked.</param>
/// <param name="Status">The newest status; null when there is none.</param>
internal readonly record struct StatusReading(bool Known, CommitStatus? Status);
