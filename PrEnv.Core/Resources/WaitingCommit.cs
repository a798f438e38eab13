using System.Text.Json.Serialization;

namespace PrEnv.Core.Resources;

/// <summary>A head commit that is not installed yet, because it waits for its checks.</summary>
public sealed record WaitingCommit
{
    /// <summary>The commit.</summary>
    [JsonPropertyName("headSHA")]
    public string? HeadSha { get; init; }

    /// <summary>CamelCase, for machines.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>When the wait began, or when a check failed.</summary>
    public DateTimeOffset? Since { get; init; }
}
