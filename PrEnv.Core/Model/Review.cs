using System.Collections.Immutable;

namespace PrEnv.Core.Model;

/// <summary>A review with a verdict; mere comments are left out.</summary>
/// <param name="Reviewer">Login; case is ignored.</param>
/// <param name="Verdict">What it says.</param>
/// <param name="CommitSha">The commit that was reviewed; in lower case.</param>
/// <param name="MayWrite">Does the reviewer now have write, maintain or admin permission on the repository?</param>
public sealed record Review(string Reviewer, ReviewVerdict Verdict, string CommitSha, bool MayWrite);

/// <summary>What a review says. See https://docs.github.com/en/rest/pulls/reviews.</summary>
public enum ReviewVerdict
{
    /// <summary><c>APPROVED</c>.</summary>
    Approved,

    /// <summary><c>CHANGES_REQUESTED</c>.</summary>
    ChangesRequested,

    /// <summary><c>DISMISSED</c>: withdrawn, by a person or because of a push.</summary>
    Dismissed,
}

/// <summary>What GitHub said about the reviews of one pull request: all of them, or nothing and why.</summary>
public abstract record ReviewReading
{
    private ReviewReading()
    {
    }

    /// <summary>Every page was read, and the permission of every approver.</summary>
    /// <param name="Reviews">Oldest first.</param>
    public sealed record Known(ImmutableArray<Review> Reviews) : ReviewReading;

    /// <summary>Something could not be read. Nothing is created or deleted because of it.</summary>
    /// <param name="Message">A sentence for the operator, free of tokens, headers and bodies, the same for the same cause.</param>
    public sealed record Unknown(string Message) : ReviewReading;
}
