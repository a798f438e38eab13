using PrEnv.Controller.GitHub.Access;

namespace PrEnv.Controller.GitHub.Budgets;

/// <summary>
/// What all requests with one credential share, regardless of their resource: GitHub counts by credential. An App's tokens differ by
/// repository but count together.
/// </summary>
internal sealed class CredentialBudget(string credentialId, GitHubClientOptions options, GitHubMetrics metrics, TimeProvider timeProvider)
{
    /// <summary>Identifies the credential in cache keys, logs and metrics.</summary>
    public string CredentialId => credentialId;

    /// <summary>Lets one request through at a time while GitHub answers.</summary>
    public CredentialGate Gate { get; } = new(options.LongestTurn, timeProvider);

    /// <summary>GitHub's limits.</summary>
    public RateLimitState Limits { get; } = new(timeProvider);

    /// <summary>Our own limit on writes.</summary>
    public WriteBudget Writes { get; } = new(options.WriteBurst, options.WritesPerMinute, options.WritesPerHour, timeProvider);

    /// <summary>The resources that poll with it, and how often they may.</summary>
    public PollPacing Polls { get; } = new();

    /// <summary>The counters.</summary>
    public CredentialMetrics Metrics { get; } = metrics.For(credentialId);
}
