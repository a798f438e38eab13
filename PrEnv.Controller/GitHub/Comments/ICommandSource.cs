using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Comments;

/// <summary>Commands in comments. Throws only <see cref="OperationCanceledException"/>, and that only for the caller's token.</summary>
internal interface ICommandSource
{
    /// <summary>
    /// The commands in the comments of a repository's pull requests: one list for all of them, by conditional requests, so that nothing new
    /// costs nothing.
    /// </summary>
    Task<CommandReading> ReadAsync(RepositoryAccess access, CommandQuery query, CancellationToken cancellationToken);

    /// <summary>Reacts to a comment, once; <c>IsNew</c> is false when this credential's user had reacted so before.</summary>
    Task<WriteResult<bool>> ReactAsync(RepositoryAccess access, long commentId, string content, CancellationToken cancellationToken);
}

/// <summary>Which commands are wanted.</summary>
/// <param name="Since">
/// Comments that were changed last before that are not asked for; to the second. It should stay what it was, or become what the reading
/// before calls <see cref="CommandReading.Next"/>.
/// </param>
/// <param name="Oldest">One that was written before that is none any more.</param>
/// <param name="PullRequests">Whose; one that appears here later has lost none meanwhile.</param>
/// <param name="Known">Commands that were dealt with: nobody's permission is asked for them.</param>
internal sealed record CommandQuery(
    DateTimeOffset Since, DateTimeOffset Oldest, IReadOnlySet<int> PullRequests, IReadOnlyDictionary<long, DateTimeOffset> Known);

/// <summary>What was read.</summary>
/// <param name="Problem">Why GitHub could not be asked; null when it could.</param>
/// <param name="Commands">Of people with write permission, oldest first.</param>
/// <param name="Strangers">Those of others: they need not be looked at again.</param>
/// <param name="Unclear">By number of the pull request: why it is not known whether an author has write permission.</param>
/// <param name="Next">From when on to ask the next time, once all of these were dealt with.</param>
internal sealed record CommandReading(
    string? Problem, ImmutableArray<Command> Commands, ImmutableArray<Command> Strangers, ImmutableDictionary<int, string> Unclear,
    DateTimeOffset Next)
{
    /// <summary>Nothing was read.</summary>
    public static CommandReading Failed(string problem, DateTimeOffset since) =>
        new(problem, [], [], ImmutableDictionary<int, string>.Empty, since);
}
