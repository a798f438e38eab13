using System.Collections.Immutable;

namespace PrEnv.Core.Model;

/// <summary>What GitHub said of a repository's open pull requests: everything, or nothing and why. There is no partial listing.</summary>
public abstract record PullRequestListing
{
    private PullRequestListing()
    {
    }

    /// <summary>Every page was read; no number twice; ordered by number.</summary>
    public sealed record Complete(ImmutableArray<PullRequest> PullRequests) : PullRequestListing;

    /// <summary>At least one page was not read. Nothing may be deleted on this.</summary>
    /// <param name="Reason">The kind of failure.</param>
    /// <param name="Message">A sentence for the operator, free of tokens, headers and bodies, the same for the same cause.</param>
    /// <param name="Until">When GitHub said to come back; null when it did not.</param>
    public sealed record Unavailable(UnavailableReason Reason, string Message, DateTimeOffset? Until = null) : PullRequestListing;
}

/// <summary>Why GitHub did not answer.</summary>
public enum UnavailableReason
{
    /// <summary>The credential is wrong, or has too few rights.</summary>
    Unauthorized,

    /// <summary>No such repository, or the credential may not see it.</summary>
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
