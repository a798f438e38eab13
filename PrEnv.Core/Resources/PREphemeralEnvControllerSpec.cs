using System.Text.Json.Serialization;

namespace PrEnv.Core.Resources;

/// <summary><c>spec</c>.</summary>
public sealed record PREphemeralEnvControllerSpec
{
    /// <summary>The repository to watch.</summary>
    [JsonPropertyName("githubPRRepository")]
    public GitHubPRRepository? GitHubPRRepository { get; init; }

    /// <summary>The chart that an environment is installed from.</summary>
    public EnvCreationHelmRepo? EnvCreationHelmRepo { get; init; }

    /// <summary>Go duration; default <c>60s</c>.</summary>
    public string? Interval { get; init; }

    /// <summary>URL with placeholders; null: no probes.</summary>
    [JsonPropertyName("envHealthCheckURLTemplate")]
    public string? EnvHealthCheckUrlTemplate { get; init; }

    /// <summary>How probes behave.</summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>URL with placeholders that people get; default: the health check's.</summary>
    [JsonPropertyName("envURLTemplate")]
    public string? EnvUrlTemplate { get; init; }

    /// <summary><c>Applied</c> (default) or <c>HelmReleaseReady</c>.</summary>
    public string? ReadyWhen { get; init; }

    /// <summary>Which pull requests get an environment.</summary>
    public PullRequestSelection? PullRequests { get; init; }

    /// <summary>What a commit waits for before it is installed.</summary>
    public WaitFor? WaitFor { get; init; }

    /// <summary>How many environments there may be.</summary>
    public Limits? Limits { get; init; }

    /// <summary>When an environment is removed for idleness.</summary>
    public Expiry? Expiry { get; init; }

    /// <summary>When an environment is put to sleep, and how.</summary>
    public Sleep? Sleep { get; init; }

    /// <summary>The namespace that each environment gets.</summary>
    public NamespaceSettings? Namespace { get; init; }

    /// <summary>What is reported to GitHub.</summary>
    public Report? Report { get; init; }

    /// <summary><c>Delete</c> (default) or <c>Orphan</c>.</summary>
    public string? DeletionPolicy { get; init; }

    /// <summary>Default false.</summary>
    public bool? Suspend { get; init; }
}
