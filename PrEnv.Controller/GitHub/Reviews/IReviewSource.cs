using PrEnv.Controller.GitHub.Access;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Reviews;

/// <summary>Reads reviews. Throws only <see cref="OperationCanceledException"/>, and that only for the caller's token.</summary>
internal interface IReviewSource
{
    /// <summary>All conclusive reviews of a pull request, and whether those who approved it may do so; by conditional requests.</summary>
    Task<ReviewReading> ReadAsync(RepositoryAccess access, int number, CancellationToken cancellationToken);
}
