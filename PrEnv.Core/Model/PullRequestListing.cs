using System.Collections.Immutable;

namespace PrEnv.Core.Model;

/// <summary>
/// What GitHub said about a repository's open pull requests: everything, or nothing and why. There is no partial listing.
/// </summary>
public abstract record PullRequestListing
{
    private PullRequestListing()
    {
    }

    /// <summary>Every page was read; no number twice; ordered by number.</summary>
    public sealed record Complete(ImmutableArray<PullRequest> PullRequests) : PullRequestListing
    {
        /// <summary>The repository's current owner and name, if they differ from those that were asked for; otherwise null.</summary>
        public string? MovedTo { get; init; }

        /// <summary>
        /// When GitHub was asked for it: it says nothing of what has happened since. Null: just now.
        /// </summary>
        public DateTimeOffset? ReadAt { get; init; }

        /// <summary>Set if the next check is delayed to spare a rate limit; otherwise null.</summary>
        public PollSlowdown? Slowdown { get; init; }
    }

    /// <summary>At least one page was not read. Nothing may be deleted because of it.</summary>
    /// <param name="Reason">The kind of failure.</param>
    /// <param name="Message">A sentence for the operator, free of tokens, headers and bodies, the same for the same cause.</param>
    /// <param name="Until">When GitHub said to try again; null if it did not.</param>
    public sealed record Unavailable(UnavailableReason Reason, string Message, DateTimeOffset? Until = null) : PullRequestListing;
}

/// <summary>Why the next check is later than the interval says.</summary>
/// <param name="Remaining">Requests left of the rate limit.</param>
/// <param name="Limit">Requests an hour.</param>
/// <param name="ResetAt">When that hour ends.</param>
/// <param name="NextCheck">When GitHub is asked again.</param>
public sealed record PollSlowdown(long Remaining, long Limit, DateTimeOffset ResetAt, DateTimeOffset NextCheck);
