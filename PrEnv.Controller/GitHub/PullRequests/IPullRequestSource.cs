using PrEnv.Controller.GitHub.Access;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.GitHub.PullRequests;

/// <summary>Reads pull requests. Throws only <see cref="OperationCanceledException"/>, and that only for the caller's token.</summary>
internal interface IPullRequestSource
{
    /// <summary>All open pull requests, or why there is no complete listing.</summary>
    Task<PullRequestListing> ListAsync(RepositoryAccess access, CancellationToken cancellationToken);

    /// <summary>Asks for the state of one pull request by number.</summary>
    Task<PullRequestState> GetStateAsync(RepositoryAccess access, int number, CancellationToken cancellationToken);

    /// <summary>Asks for one pull request by number: its state, and all of it when it is open.</summary>
    Task<PullRequestReading> GetAsync(RepositoryAccess access, int number, CancellationToken cancellationToken);

    /// <summary>
    /// What was read of the listing, or of that pull request, is contradicted: the next reading is a full one, whatever GitHub would
    /// confirm.
    /// </summary>
    void Doubt(RepositoryAccess access, int? number = null);

    /// <summary>
    /// When that poller should ask again, to save the credential's rate limit: once little of it is left, all that poll with it get
    /// the same share. Null for its own interval.
    /// </summary>
    PollSlowdown? Pace(RepositoryAccess access, ResourceKey poller, TimeSpan interval);
}

/// <summary>What GitHub reports about one pull request.</summary>
/// <param name="State">Unknown when it does not say.</param>
/// <param name="PullRequest">Set when it is open.</param>
internal readonly record struct PullRequestReading(PullRequestState State, PullRequest? PullRequest);
