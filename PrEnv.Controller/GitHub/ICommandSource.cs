using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub;

/// <summary>Commands in comments. Throws only <see cref="OperationCanceledException"/>, and that only for the caller's token.</summary>
internal interface ICommandSource
{
    /// <summary>
    /// The commands in a pull request's comments that were changed at or after that time; by conditional requests, so that the same time
    /// should be given as long as there is nothing new.
    /// </summary>
    /// <param name="access">The repository.</param>
    /// <param name="number">The pull request.</param>
    /// <param name="since">To the second.</param>
    /// <param name="known">Comments that were dealt with: nobody's permission is asked for them.</param>
    /// <param name="cancellationToken">The caller's.</param>
    Task<CommandReading> ReadAsync(
        RepositoryAccess access, int number, DateTimeOffset since, IReadOnlySet<long> known, CancellationToken cancellationToken);

    /// <summary>Reacts to a comment, once; <c>IsNew</c> is false when this credential's user had reacted so before.</summary>
    Task<WriteResult<bool>> ReactAsync(RepositoryAccess access, long commentId, string content, CancellationToken cancellationToken);
}

/// <summary>What was read.</summary>
/// <param name="Problem">Why GitHub could not be asked; null when it could.</param>
/// <param name="Commands">Of people with write permission, oldest first.</param>
/// <param name="Others">Comments that are nobody's command: they need not be looked at again.</param>
/// <param name="Newest">When the newest comment was changed; null when there is none.</param>
internal sealed record CommandReading(
    string? Problem, ImmutableArray<Command> Commands, ImmutableArray<long> Others, DateTimeOffset? Newest);
