using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Resources;

/// <summary>The part of Flux's <c>helm.toolkit.fluxcd.io/v2 HelmRelease</c> that the controller uses.</summary>
public sealed record HelmRelease : IClusterObject
{
    /// <summary>API group.</summary>
    public const string Group = "helm.toolkit.fluxcd.io";

    /// <summary>API version.</summary>
    public const string Version = "v2";

    /// <summary>Kind.</summary>
    public const string Kind = "HelmRelease";

    /// <summary>Plural, as in URLs.</summary>
    public const string Plural = "helmreleases";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>What was asked for; empty when it is missing or null.</summary>
    public HelmReleaseSpec Spec { get; init => field = value ?? new(); } = new();

    /// <summary>What helm-controller reports; null before it has seen the release.</summary>
    public HelmReleaseStatus? Status { get; init; }
}

/// <summary>The spec fields that the controller writes or reads.</summary>
public sealed record HelmReleaseSpec
{
    /// <summary>Chart template; null when the release refers to a source by <c>chartRef</c>.</summary>
    public HelmChartTemplate? Chart { get; init; }

    /// <summary>Go duration between two reconciles of helm-controller.</summary>
    public string? Interval { get; init; }

    /// <summary>Helm's release name.</summary>
    public string? ReleaseName { get; init; }

    /// <summary>The account that helm-controller impersonates.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>True while helm-controller is to leave the release alone.</summary>
    public bool? Suspend { get; init; }

    /// <summary>
    /// Values as they were written; null when there are none. They are kept as text, a third of a parsed element, and parsed by each read.
    /// </summary>
    public JsonElement? Values
    {
        get => ValuesText is null ? null : JsonElement.Parse(ValuesText.AsSpan());
        init =>
            ValuesText = value is { ValueKind: not JsonValueKind.Undefined } given ? JsonMarshal.GetRawUtf8Value(given).ToArray() : null;
    }

    /// <summary><see cref="Values"/> as JSON in UTF-8; null when there are none, and empty means the same. Never change it.</summary>
    [JsonIgnore]
    public byte[]? ValuesText { get; init => field = value is { Length: > 0 } ? value : null; }
}

/// <summary><c>spec.chart</c>.</summary>
public sealed record HelmChartTemplate
{
    /// <summary><c>spec.chart.spec</c>.</summary>
    public HelmChartTemplateSpec Spec { get; init; } = new();
}

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

/// <summary>Reference to a Flux source.</summary>
public sealed record SourceReference
{
    /// <summary>For example <c>GitRepository</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Name of the source.</summary>
    public string? Name { get; init; }

    /// <summary>Namespace of the source; null means the release's own.</summary>
    public string? Namespace { get; init; }
}

/// <summary>The status fields that the controller reads.</summary>
public sealed record HelmReleaseStatus
{
    /// <summary>Last generation that became ready or stalled; -1 by the CRD's default.</summary>
    public long ObservedGeneration { get; init; } = -1;

    /// <summary>Conditions; null when there are none.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }

    /// <summary>The condition of that type, or null.</summary>
    public Condition? Condition(string type) => Conditions?.FirstOrDefault(c => c.Type == type);
}
