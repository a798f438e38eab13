using PrEnv.Controller.GitHub.Access;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Reviews;

/// <summary>Reads reviews. Throws only <see cref="OperationCanceledException"/>, and that only for the caller's token.</summary>
internal interface IReviewSource
{
    /// <summary>
    /// All reviews of a pull request that decide something, and whether those who approved it may; by conditional requests.
    /// </summary>
    Task<ReviewReading> ReadAsync(RepositoryAccess access, int number, CancellationToken cancellationToken);
}
