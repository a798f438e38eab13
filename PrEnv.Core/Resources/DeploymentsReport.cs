namespace PrEnv.Core.Resources;

/// <summary><c>spec.report.deployments</c>.</summary>
public sealed record DeploymentsReport
{
    /// <summary>Default false.</summary>
    public bool? Enabled { get; init; }

    /// <summary>
    /// What happens on GitHub when an environment is removed: <c>Inactive</c> (default), or <c>Delete</c>, which also deletes the
    /// deployments and GitHub's environment.
    /// </summary>
    public string? Cleanup { get; init; }
}
