using System.Collections.Immutable;

namespace PrEnv.Core.Model;

/// <summary>
/// What a signed delivery of a webhook said of a pull request. GitHub's API may be behind it. It is never acted upon: it only says whether
/// the API has to be asked again, and when.
/// </summary>
/// <param name="IsOpen">Open; otherwise closed.</param>
/// <param name="HeadSha">The head commit; null when the delivery did not say.</param>
public sealed record ExpectedPullRequest(bool IsOpen, string? HeadSha)
{
    /// <summary>The base branch; null when the delivery did not say, as with the other facts.</summary>
    public string? BaseBranch { get; init; }

    /// <summary>The title.</summary>
    public string? Title { get; init; }

    /// <summary>Is it a draft?</summary>
    public bool? IsDraft { get; init; }

    /// <summary>Its labels.</summary>
    public LabelSet? Labels { get; init; }

    // Measured from the delivery.
    private static readonly ImmutableArray<TimeSpan> Looks =
        [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30)];

    /// <summary>How long the API is expected to be behind at most; after that, it is believed.</summary>
    public static TimeSpan Patience => Looks[^1];

    /// <summary>When the API is to be asked next; null when it has had its time.</summary>
    /// <param name="announced">When the delivery came.</param>
    /// <param name="now">The moment.</param>
    public static DateTimeOffset? NextCheck(DateTimeOffset announced, DateTimeOffset now) =>
        Looks.Select(after => announced + after).Where(at => at > now).Cast<DateTimeOffset?>().FirstOrDefault();

    /// <summary>Is this what the API says about the pull request itself?</summary>
    /// <param name="state">Its state.</param>
    /// <param name="pullRequest">The pull request, if it is open.</param>
    public bool IsShownBy(PullRequestState state, PullRequest? pullRequest) => state switch
    {
        PullRequestState.Open => IsOpen && Shows(pullRequest),
        PullRequestState.Closed => !IsOpen,
        _ => false,
    };

    /// <summary>Is this what a complete listing says?</summary>
    /// <param name="number">The pull request's number.</param>
    /// <param name="listing">The listing.</param>
    public bool IsShownBy(int number, PullRequestListing.Complete listing) =>
        listing.PullRequests.FirstOrDefault(p => p.Number == number) is { } listed ? IsOpen && Shows(listed) : !IsOpen;

    private bool Shows(PullRequest? pullRequest) =>
        (HeadSha is null || pullRequest?.HeadSha == HeadSha)
        && (BaseBranch is null || pullRequest?.BaseBranch == BaseBranch)
        && (Title is null || pullRequest?.Title == Title)
        && (IsDraft is null || pullRequest?.IsDraft == IsDraft)
        && (Labels is null || Labels.Equals(pullRequest?.Labels));
}
