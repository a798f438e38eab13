namespace PrEnv.Core.Model;

/// <summary>What GitHub's page of a pull request's environment is to show. See https://docs.github.com/en/rest/deployments.</summary>
/// <param name="Sha">The commit that is deployed.</param>
/// <param name="State"><c>in_progress</c>, <c>success</c>, <c>failure</c> or <c>inactive</c>.</param>
/// <param name="Description">At most 140 characters.</param>
/// <param name="Url">Where the environment is: an http(s) link, or null.</param>
public sealed record DeploymentReport(string Sha, string State, string Description, string? Url);
