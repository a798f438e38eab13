using System.Collections.Immutable;

namespace PrEnv.Core.Model;

/// <summary>A review that decides something; comments do not.</summary>
/// <param name="Reviewer">Login; compared without case.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="CommitSha">The commit that was reviewed; in lower case.</param>
/// <param name="MayWrite">Has the reviewer write, maintain or admin permission on the repository now?</param>
public sealed record Review(string Reviewer, ReviewVerdict Verdict, string CommitSha, bool MayWrite);

/// <summary>What a review says. See https://docs.github.com/en/rest/pulls/reviews.</summary>
public enum ReviewVerdict
{
    /// <summary><c>APPROVED</c>.</summary>
    Approved,

    /// <summary><c>CHANGES_REQUESTED</c>.</summary>
    ChangesRequested,

    /// <summary><c>DISMISSED</c>: taken back, by a person or because of a push.</summary>
    Dismissed,
}

/// <summary>What GitHub said of the reviews of one pull request: all of them, or nothing and why.</summary>
public abstract record ReviewReading
{
    private ReviewReading()
    {
    }

    /// <summary>Every page was read, and the permission of everybody who approved.</summary>
    /// <param name="Reviews">Oldest first.</param>
    public sealed record Known(ImmutableArray<Review> Reviews) : ReviewReading;

    /// <summary>Something was not read. Nothing is created on this, and nothing deleted.</summary>
    /// <param name="Message">A sentence for the operator, free of tokens, headers and bodies, the same for the same cause.</param>
    public sealed record Unknown(string Message) : ReviewReading;
}
