namespace PrEnv.Core.Resources;

/// <summary><c>spec.chart</c>.</summary>
public sealed record HelmChartTemplate
{
    /// <summary><c>spec.chart.spec</c>.</summary>
    public HelmChartTemplateSpec Spec { get; init; } = new();
}
