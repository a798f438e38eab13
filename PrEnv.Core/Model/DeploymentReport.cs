namespace PrEnv.Core.Model;

/// <summary>What GitHub's page of a pull request's environment is to show. See https://docs.github.com/en/rest/deployments.</summary>
/// <param name="Sha">The commit that is deployed.</param>
/// <param name="State">What is shown.</param>
/// <param name="Description">At most 140 characters.</param>
/// <param name="Url">Where the environment is: an http(s) link, or null.</param>
public sealed record DeploymentReport(string Sha, DeploymentState State, string Description, string? Url);
