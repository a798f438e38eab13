namespace PrEnv.Sandbox.GitHub.State;

/// <summary>A review, as it is now: dismissing one changes its state.</summary>
/// <param name="Id">Unique in all of GitHub.</param>
/// <param name="Reviewer">Login; null once the account is gone.</param>
/// <param name="State"><c>APPROVED</c>, <c>CHANGES_REQUESTED</c>, <c>COMMENTED</c> or <c>DISMISSED</c>.</param>
/// <param name="CommitId">The head commit when it was written.</param>
/// <param name="SubmittedAt">When it was written.</param>
internal sealed record GitHubReview(long Id, string? Reviewer, string State, string CommitId, DateTimeOffset SubmittedAt);
