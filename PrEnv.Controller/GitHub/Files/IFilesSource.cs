using PrEnv.Controller.GitHub.Access;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Files;

/// <summary>
/// Reads which files pull requests change. Throws only <see cref="OperationCanceledException"/>, and that only for the caller's token.
/// </summary>
internal interface IFilesSource
{
    /// <summary>The files of a pull request, as many as GitHub lists; by conditional requests.</summary>
    /// <param name="access">The repository.</param>
    /// <param name="number">The pull request.</param>
    /// <param name="headSha">Its head commit. When GitHub lists the files of others, it is asked unconditionally the next time.</param>
    /// <param name="cancellationToken">The caller's.</param>
    Task<ChangedFiles> ReadAsync(RepositoryAccess access, int number, string headSha, CancellationToken cancellationToken);
}
