namespace PrEnv.Core.Resources;

/// <summary><c>spec.report.comment</c> and <c>.commands</c>.</summary>
public sealed record ReportSwitch
{
    /// <summary>Default false.</summary>
    public bool? Enabled { get; init; }
}
