using PrEnv.Controller.GitHub.Access;

namespace PrEnv.Controller.GitHub.Budgets;

/// <summary>
/// What all that is sent for one credential shares, whatever resource it is for: GitHub counts by credential. An App's tokens differ by
/// repository and count together.
/// </summary>
internal sealed class CredentialBudget(string credentialId, GitHubClientOptions options, GitHubMetrics metrics, TimeProvider timeProvider)
{
    /// <summary>Stands for the credential in cache keys, logs and metrics.</summary>
    public string CredentialId => credentialId;

    /// <summary>One request at a time, as long as GitHub answers.</summary>
    public CredentialGate Gate { get; } = new(options.LongestTurn, timeProvider);

    /// <summary>GitHub's limits.</summary>
    public RateLimitState Limits { get; } = new(timeProvider);

    /// <summary>Our own limit of writes.</summary>
    public WriteBudget Writes { get; } = new(options.WriteBurst, options.WritesPerMinute, options.WritesPerHour, timeProvider);

    /// <summary>Who polls with it, and how often they may.</summary>
    public PollPacing Polls { get; } = new();

    /// <summary>The counters.</summary>
    public CredentialMetrics Metrics { get; } = metrics.For(credentialId);
}
