using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Checks;

/// <summary>
/// Reads the checks of commits, by conditional requests. Throws only <see cref="OperationCanceledException"/>, and that only for the
/// caller's token.
/// </summary>
internal interface ICheckSource
{
    /// <summary>The newest check runs of each App on a commit.</summary>
    /// <param name="access">The repository.</param>
    /// <param name="headSha">The commit.</param>
    /// <param name="name">Those with this name alone, so that the others' changes cost nothing; null: all.</param>
    /// <param name="cancellationToken">The caller's.</param>
    Task<CheckAnswer> ReadRunsAsync(RepositoryAccess access, string headSha, string? name, CancellationToken cancellationToken);

    /// <summary>The newest commit status of each context on a commit.</summary>
    Task<CheckAnswer> ReadStatusesAsync(RepositoryAccess access, string headSha, CancellationToken cancellationToken);
}

/// <summary>What came of reading checks.</summary>
/// <param name="Results">What was read.</param>
/// <param name="Fault">Why nothing, or not all, was read; null: all was.</param>
internal readonly record struct CheckAnswer(ImmutableArray<CheckResult> Results, GitHubFault? Fault = null);
