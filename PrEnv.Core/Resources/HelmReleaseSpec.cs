using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PrEnv.Core.Resources;

/// <summary>The spec fields that the controller writes or reads.</summary>
public sealed record HelmReleaseSpec
{
    /// <summary>Chart template; null when the release refers to a source by <c>chartRef</c>.</summary>
    public HelmChartTemplate? Chart { get; init; }

    /// <summary>Go duration between two reconciles of helm-controller.</summary>
    public string? Interval { get; init; }

    /// <summary>Helm's release name.</summary>
    public string? ReleaseName { get; init; }

    /// <summary>Go duration that helm-controller gives each Helm action; null means 5 minutes.</summary>
    public string? Timeout { get; init; }

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
