using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub;

/// <summary>Reads pull requests. Throws only <see cref="OperationCanceledException"/>, and that only for the caller's token.</summary>
internal interface IPullRequestSource
{
    /// <summary>All open pull requests, or why there is no complete listing.</summary>
    Task<PullRequestListing> ListAsync(RepositoryAccess access, CancellationToken cancellationToken);

    /// <summary>Asks for one pull request by number.</summary>
    Task<PullRequestState> GetStateAsync(RepositoryAccess access, int number, CancellationToken cancellationToken);

    /// <summary>
    /// How late that poller should ask again, to spare the credential's rate limit: once little of it is left, all that poll with it get
    /// the same share. Null: at its interval.
    /// </summary>
    PollSlowdown? Pace(RepositoryAccess access, ResourceKey poller, TimeSpan interval);
}
