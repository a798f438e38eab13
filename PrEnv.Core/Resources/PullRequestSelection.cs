namespace PrEnv.Core.Resources;

/// <summary><c>spec.pullRequests</c>.</summary>
public sealed record PullRequestSelection
{
    /// <summary><c>Deny</c>, <c>RequireApproval</c> (default) or <c>Allow</c>.</summary>
    public string? Forks { get; init; }
}
