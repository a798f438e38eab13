using System.Text.Json.Serialization;

namespace PrEnv.Core.Resources;

/// <summary>An item of <c>status.history</c>: one revision that Helm has stored.</summary>
public sealed record HelmReleaseSnapshot
{
    /// <summary>Helm's word, such as <c>deployed</c>, <c>superseded</c> or <c>failed</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Digest of the values that it was made with.</summary>
    public string? ConfigDigest { get; init; }

    /// <summary>Helm's number of the revision, from 1; null if Flux does not tell.</summary>
    public long? Version { get; init; }

    /// <summary>Version of the chart.</summary>
    public string? ChartVersion { get; init; }

    /// <summary>When it was deployed last, as Flux writes it.</summary>
    public string? LastDeployed { get; init; }

    /// <summary>Is it the revision that is in place?</summary>
    [JsonIgnore]
    public bool IsDeployed => Status == "deployed";
}
