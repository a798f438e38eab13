using System.Collections.Immutable;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Comments;

/// <summary>Commands in comments. Throws only <see cref="OperationCanceledException"/>, and that only for the caller's token.</summary>
internal interface ICommandSource
{
    /// <summary>
    /// The commands in the comments of a repository's pull requests: one list for all of them, by conditional requests, which are free if
    /// there is nothing new.
    /// </summary>
    Task<CommandReading> ReadAsync(RepositoryAccess access, CommandQuery query, CancellationToken cancellationToken);

    /// <summary>Reacts to a comment, once; <c>IsNew</c> is false when this credential's user had already reacted in that way.</summary>
    Task<WriteResult<bool>> ReactAsync(RepositoryAccess access, long commentId, string content, CancellationToken cancellationToken);
}

/// <summary>Which commands are wanted.</summary>
/// <param name="Since">
/// Comments that were last changed before that are not requested; to the second. It should stay the same, or become the previous
/// reading's <see cref="CommandReading.Next"/>.
/// </param>
/// <param name="Oldest">A command that was written before that no longer counts.</param>
/// <param name="PullRequests">The pull requests; one that is added later has not lost any commands.</param>
/// <param name="Known">Commands that were handled: their authors' permissions are not requested.</param>
internal sealed record CommandQuery(
    DateTimeOffset Since, DateTimeOffset Oldest, IReadOnlySet<int> PullRequests, IReadOnlyDictionary<long, DateTimeOffset> Known);

/// <summary>What was read.</summary>
/// <param name="Problem">Why GitHub could not be asked; null when it could.</param>
/// <param name="Commands">The commands of people with write permission, oldest first.</param>
/// <param name="Strangers">Those of others: they need not be checked again.</param>
/// <param name="Unclear">For each pull request, by number, why it is not known whether an author has write permission.</param>
/// <param name="Next">From when on to read next time, once all of these have been handled.</param>
internal sealed record CommandReading(
    string? Problem, ImmutableArray<Command> Commands, ImmutableArray<Command> Strangers, ImmutableDictionary<int, string> Unclear,
    DateTimeOffset Next)
{
    /// <summary>Nothing was read.</summary>
    public static CommandReading Failed(string problem, DateTimeOffset since) =>
        new(problem, [], [], ImmutableDictionary<int, string>.Empty, since);
}
