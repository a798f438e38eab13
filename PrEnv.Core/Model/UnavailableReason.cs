namespace PrEnv.Core.Model;

/// <summary>Why GitHub did not answer.</summary>
public enum UnavailableReason
{
    /// <summary>The credential is not valid or lacks permissions.</summary>
    Unauthorized,

    /// <summary>The repository does not exist, or the credential cannot access it.</summary>
    NotFound,

    /// <summary>A rate limit; see <see cref="PullRequestListing.Unavailable.Until"/>.</summary>
    RateLimited,

    /// <summary>The repository has another name or owner now.</summary>
    Moved,

    /// <summary>GitHub failed, or could not be reached.</summary>
    ServerError,

    /// <summary>The answer is not what GitHub's API promises.</summary>
    Malformed,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>The token's Secret could not be read; GitHub was not asked.</summary>
    TokenLoadFailed,
}
