using System.Collections.Immutable;

namespace PrEnv.Core.Model;

/// <summary>What GitHub said of a repository's open pull requests: everything, or nothing and why. There is no partial listing.</summary>
public abstract record PullRequestListing
{
    private PullRequestListing()
    {
    }

    /// <summary>Every page was read; no number twice; ordered by number.</summary>
    public sealed record Complete(ImmutableArray<PullRequest> PullRequests) : PullRequestListing
    {
        /// <summary>Owner and name that the repository has by now, when they are not those that were asked for; else null.</summary>
        public string? MovedTo { get; init; }

        /// <summary>Set when the next look comes late, to spare a rate limit; else null.</summary>
        public PollSlowdown? Slowdown { get; init; }
    }

    /// <summary>At least one page was not read. Nothing may be deleted on this.</summary>
    /// <param name="Reason">The kind of failure.</param>
    /// <param name="Message">A sentence for the operator, free of tokens, headers and bodies, the same for the same cause.</param>
    /// <param name="Until">When GitHub said to come back; null when it did not.</param>
    public sealed record Unavailable(UnavailableReason Reason, string Message, DateTimeOffset? Until = null) : PullRequestListing;
}

/// <summary>Why the next look comes later than the interval says.</summary>
/// <param name="Remaining">Requests that the rate limit leaves.</param>
/// <param name="Limit">Requests an hour.</param>
/// <param name="ResetAt">When that hour ends.</param>
/// <param name="NextLook">When GitHub is asked again.</param>
public sealed record PollSlowdown(long Remaining, long Limit, DateTimeOffset ResetAt, DateTimeOffset NextLook);

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
