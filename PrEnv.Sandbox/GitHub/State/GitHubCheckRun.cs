namespace PrEnv.Sandbox.GitHub.State;

/// <summary>One attempt of a check.</summary>
/// <param name="Id">Counts all objects of the server: a later attempt has a higher one.</param>
/// <param name="Sha">Full commit id.</param>
/// <param name="Name">For example a job of a workflow.</param>
/// <param name="App">Slug of the App that runs it.</param>
/// <param name="Status"><c>queued</c>, <c>in_progress</c> or <c>completed</c>.</param>
/// <param name="Conclusion">For example <c>success</c>; null while it has not completed.</param>
/// <param name="StartedAt">When it began.</param>
internal sealed record GitHubCheckRun(
    long Id, string Sha, string Name, string App, string Status, string? Conclusion, DateTimeOffset StartedAt)
{
    /// <summary>When it completed.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}
