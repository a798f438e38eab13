using System.Text.Json;

namespace PrEnv.Core.Resources;

/// <summary><c>spec.envCreationHelmRepo</c>.</summary>
public sealed record EnvCreationHelmRepo
{
    /// <summary>Name of the Flux source.</summary>
    public string? FluxSourceRepoName { get; init; }

    /// <summary>Namespace of the Flux source; default <c>flux-system</c>.</summary>
    public string? FluxSourceNamespace { get; init; }

    /// <summary>Kind of the Flux source; default <c>GitRepository</c>.</summary>
    public string? FluxSourceKind { get; init; }

    /// <summary>Path of the chart in the source, or its name in a <c>HelmRepository</c>; not used with an <c>OCIRepository</c>.</summary>
    public string? HelmChartPath { get; init; }

    /// <summary>Version or range; default <c>0.1.0</c>.</summary>
    public string? ChartVersion { get; init; }

    /// <summary>Where the HelmReleases live; default <c>pr-helm-releases</c>.</summary>
    public string? DestinationNamespace { get; init; }

    /// <summary>An object that is merged into the release's values; its texts may have placeholders.</summary>
    public JsonElement? Values { get; init; }

    /// <summary>The value that gets the facts of the pull request; null: none.</summary>
    public string? PullRequestValue { get; init; }

    /// <summary>Part of a <c>HelmReleaseSpec</c>, merged over the generated one; its texts may have placeholders.</summary>
    public JsonElement? HelmRelease { get; init; }
}
