namespace PrEnv.Core.Resources;

/// <summary>One row of <c>status.environments</c>.</summary>
public sealed record EnvironmentStatus
{
    /// <summary>Number of the pull request.</summary>
    public int PrNumber { get; init; }

    /// <summary>The commit that this row is about.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("headSHA")]
    public string? HeadSha { get; init; }

    /// <summary>One of <see cref="EnvironmentPhase"/>.</summary>
    public string Phase { get; init => field = value ?? ""; } = "";

    /// <summary>CamelCase, for machines.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>A sentence that tells a person what to do.</summary>
    public string? Message { get; init; }

    /// <summary><c>namespace/name</c> of the HelmRelease, when there is one.</summary>
    public string? HelmRelease { get; init; }

    /// <summary>Where people find the environment.</summary>
    public string? Url { get; init; }

    /// <summary>Since when it has been in this phase for this commit.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>The head commit, while it waits for its checks; null when it does not.</summary>
    public WaitingCommit? Waiting { get; init; }

    /// <summary>When it will be removed for idleness; null when it will not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
