namespace PrEnv.Core.Resources;

/// <summary>Where the chart of a HelmRelease comes from.</summary>
/// <param name="Chart">Path or name of the chart in the source; null with <c>chartRef</c>, whose source is the chart.</param>
/// <param name="Version">Version or range; null when none is given.</param>
/// <param name="Source">The source; null when none is given.</param>
public sealed record ChartOrigin(string? Chart, string? Version, SourceReference? Source);
