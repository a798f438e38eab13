namespace PrEnv.Core.Resources;

/// <summary><c>spec.envCreationHelmRepo</c>.</summary>
public sealed record EnvCreationHelmRepo
{
    /// <summary>Name of the Flux source.</summary>
    public string? FluxSourceRepoName { get; init; }

    /// <summary>Namespace of the Flux source; default <c>flux-system</c>.</summary>
    public string? FluxSourceNamespace { get; init; }

    /// <summary>Path of the chart in the source.</summary>
    public string? HelmChartPath { get; init; }

    /// <summary>Version or range; default <c>0.1.0</c>.</summary>
    public string? ChartVersion { get; init; }

    /// <summary>Where the HelmReleases live; default <c>pr-helm-releases</c>.</summary>
    public string? DestinationNamespace { get; init; }
}
