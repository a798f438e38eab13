namespace PrEnv.Core.Resources;

/// <summary><c>spec.chart.spec</c>.</summary>
public sealed record HelmChartTemplateSpec
{
    /// <summary>Path or name of the chart.</summary>
    public string? Chart { get; init; }

    /// <summary>Version or range.</summary>
    public string? Version { get; init; }

    /// <summary>Where the chart comes from.</summary>
    public SourceReference? SourceRef { get; init; }
}
