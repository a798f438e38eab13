namespace PrEnv.Core.Resources;

/// <summary><c>spec.report</c>.</summary>
public sealed record Report
{
    /// <summary>Commit statuses.</summary>
    public CommitStatusReport? CommitStatus { get; init; }

    /// <summary>GitHub Deployments.</summary>
    public DeploymentsReport? Deployments { get; init; }

    /// <summary>One comment per pull request.</summary>
    public ReportSwitch? Comment { get; init; }

    /// <summary>Commands in comments.</summary>
    public ReportSwitch? Commands { get; init; }
}
