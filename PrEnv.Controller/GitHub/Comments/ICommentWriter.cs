using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Writing;

namespace PrEnv.Controller.GitHub.Comments;

/// <summary>
/// The comments of pull requests. Throws only <see cref="OperationCanceledException"/>, and that only for the caller's token.
/// </summary>
internal interface ICommentWriter
{
    /// <summary>Writes a new comment; returns its number.</summary>
    Task<WriteResult<long>> CreateAsync(RepositoryAccess access, int number, string body, CancellationToken cancellationToken);

    /// <summary>Replaces the text of a comment; returns its number.</summary>
    Task<WriteResult<long>> EditAsync(RepositoryAccess access, long id, string body, CancellationToken cancellationToken);

    /// <summary>
    /// The oldest comment, on any page, that begins with the marker and was written by an app or by someone with write permission: a
    /// stranger's copy must not be edited.
    /// </summary>
    Task<CommentSearch> FindAsync(RepositoryAccess access, int number, string marker, CancellationToken cancellationToken);
}

/// <summary>The result of a search.</summary>
/// <param name="Problem">What it means for the comment that GitHub could not be asked; null when it could.</param>
/// <param name="Found">The comment; null when there is none.</param>
internal readonly record struct CommentSearch(WriteResult<long>? Problem, FoundComment? Found);

/// <summary>A comment.</summary>
internal sealed record FoundComment(long Id, string Body);
