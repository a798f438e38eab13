using System.Text.Json.Serialization;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Resources;

/// <summary>The custom resource, as a user writes it. Every field may be missing here: a server may lack our schema's defaults.</summary>
public sealed record PREphemeralEnvController : IClusterObject
{
    /// <summary>API group.</summary>
    public const string Group = "prcontroller.controllers.ephemeralenv.io";

    /// <summary>API version.</summary>
    public const string Version = "v1alpha1";

    /// <summary>Kind.</summary>
    public const string Kind = "PREphemeralEnvController";

    /// <summary>Plural, as in URLs.</summary>
    public const string Plural = "prephemeralenvcontrollers";

    /// <summary>Keeps the resource until its environments are gone.</summary>
    public const string Finalizer = Group + "/finalizer";

    /// <summary>Asks for a reconcile now, by any changed value.</summary>
    public const string ReconcileRequestAnnotation = "reconcile.fluxcd.io/requestedAt";

    /// <summary>The effects of commands in comments, as JSON of <see cref="CommandEffects"/>.</summary>
    public const string CommandEffectsAnnotation = Group + "/orders";

    /// <inheritdoc/>
    public ObjectMeta Metadata { get; init => field = value ?? new(); } = new();

    /// <summary>The desired state; empty if it is missing or null, which the predecessor's schema allows.</summary>
    public PREphemeralEnvControllerSpec Spec { get; init => field = value ?? new(); } = new();

    /// <summary>The observed state; null before the first reconcile.</summary>
    public PREphemeralEnvControllerStatus? Status { get; init; }
}

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

    /// <summary>What is reported to GitHub.</summary>
    public Report? Report { get; init; }

    /// <summary><c>Delete</c> (default) or <c>Orphan</c>.</summary>
    public string? DeletionPolicy { get; init; }

    /// <summary>Default false.</summary>
    public bool? Suspend { get; init; }
}

/// <summary><c>spec.githubPRRepository</c>.</summary>
public sealed record GitHubPRRepository
{
    /// <summary>Owner: a user or an organisation.</summary>
    public string? User { get; init; }

    /// <summary>Repository.</summary>
    public string? Repo { get; init; }

    /// <summary>Personal access token; at most one of this and <see cref="AppSecretRef"/>; neither: anonymous.</summary>
    public SecretKeyReference? TokenSecretRef { get; init; }

    /// <summary>GitHub App.</summary>
    public SecretReference? AppSecretRef { get; init; }

    /// <summary>GitHub Enterprise Server's API.</summary>
    [JsonPropertyName("apiURL")]
    public string? ApiUrl { get; init; }

    /// <summary>The shared secret of the repository's webhook; null: deliveries are not accepted.</summary>
    public SecretKeyReference? WebhookSecretRef { get; init; }
}

/// <summary>A Secret.</summary>
public sealed record SecretReference
{
    /// <summary>Name of the Secret.</summary>
    public string? Name { get; init; }

    /// <summary>Namespace; default: the resource's own.</summary>
    public string? Namespace { get; init; }
}

/// <summary>A key of a Secret.</summary>
public sealed record SecretKeyReference
{
    /// <summary>Name of the Secret.</summary>
    public string? Name { get; init; }

    /// <summary>Namespace; default: the resource's own.</summary>
    public string? Namespace { get; init; }

    /// <summary>Key; default <c>token</c>.</summary>
    public string? Key { get; init; }
}

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

/// <summary><c>spec.healthCheck</c>.</summary>
public sealed record HealthCheck
{
    /// <summary>Go duration; default <c>30m</c>.</summary>
    public string? Timeout { get; init; }

    /// <summary>Go duration; default <c>5s</c>.</summary>
    public string? RequestTimeout { get; init; }

    /// <summary>Default 200 alone.</summary>
    public IReadOnlyList<int>? ExpectedStatusCodes { get; init; }
}

/// <summary><c>spec.pullRequests</c>.</summary>
public sealed record PullRequestSelection
{
    /// <summary><c>Deny</c>, <c>RequireApproval</c> (default) or <c>Allow</c>.</summary>
    public string? Forks { get; init; }
}

/// <summary><c>spec.report</c>.</summary>
public sealed record Report
{
    /// <summary>Commit statuses.</summary>
    public CommitStatusReport? CommitStatus { get; init; }

    /// <summary>GitHub Deployments.</summary>
    public ReportSwitch? Deployments { get; init; }

    /// <summary>One comment per pull request.</summary>
    public ReportSwitch? Comment { get; init; }

    /// <summary>Commands in comments.</summary>
    public ReportSwitch? Commands { get; init; }
}

/// <summary><c>spec.report.deployments</c>, <c>.comment</c> and <c>.commands</c>.</summary>
public sealed record ReportSwitch
{
    /// <summary>Default false.</summary>
    public bool? Enabled { get; init; }
}

/// <summary><c>spec.report.commitStatus</c>.</summary>
public sealed record CommitStatusReport
{
    /// <summary>Default true.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Default <c>ephemeral-env/</c> and the resource's name.</summary>
    public string? Context { get; init; }
}
