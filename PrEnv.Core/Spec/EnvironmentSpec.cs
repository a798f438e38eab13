using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Core.Objects;
using PrEnv.Core.Templates;

namespace PrEnv.Core.Spec;

/// <summary>A spec that was checked, with every default filled in.</summary>
public sealed record EnvironmentSpec
{
    /// <summary>Owner of the repository.</summary>
    public required string Owner { get; init; }

    /// <summary>Name of the repository.</summary>
    public required string Repository { get; init; }

    /// <summary>Where the token is stored; null: an App, or anonymous.</summary>
    public required SecretKey? Token { get; init; }

    /// <summary>The Secret of a GitHub App; null: a token, or anonymous.</summary>
    public required ResourceKey? App { get; init; }

    /// <summary>Where the secret of the repository's webhook is stored; null: no webhook.</summary>
    public SecretKey? WebhookSecret { get; init; }

    /// <summary>Base of GitHub's REST API, with a trailing slash.</summary>
    public required Uri ApiUrl { get; init; }

    /// <summary>The chart.</summary>
    public required ChartReference Chart { get; init; }

    /// <summary>Where the HelmReleases live.</summary>
    public required string DestinationNamespace { get; init; }

    /// <summary>Set on a HelmRelease for which <see cref="HelmRelease"/> names none; null: nothing is set.</summary>
    public required string? ServiceAccountName { get; init; }

    /// <summary>An object with placeholders that is merged into the values; null: none.</summary>
    public required JsonElement? Values { get; init; }

    /// <summary>Name of the value that gets the facts of the pull request; null: none.</summary>
    public required string? PullRequestValue { get; init; }

    /// <summary>A merge patch with placeholders over the generated spec of the HelmRelease; null: none.</summary>
    public required JsonElement? HelmRelease { get; init; }

    /// <summary>How often GitHub is asked; at least <see cref="MinimumInterval"/>.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Did the user write less than <see cref="MinimumInterval"/>?</summary>
    public required bool IntervalWasRaised { get; init; }

    /// <summary>How an environment proves that it is ready.</summary>
    public required Readiness Readiness { get; init; }

    /// <summary>The link for people; null: none.</summary>
    public required UrlTemplate? EnvironmentUrl { get; init; }

    /// <summary>May a pull request from a fork have an environment?</summary>
    public required ForkPolicy Forks { get; init; }

    /// <summary>Which pull requests get an environment, forks aside.</summary>
    public required PullRequestFilter Filter { get; init; }

    /// <summary>Check runs or contexts of commit statuses that must conclude well before a commit is installed.</summary>
    public ImmutableArray<string> Checks { get; init; } = [];

    /// <summary>How long a commit may wait for them.</summary>
    public TimeSpan ChecksTimeout { get; init; }

    /// <summary>How many environments there may be at once; null: any number.</summary>
    public int? MaxEnvironments { get; init; }

    /// <summary>When an environment is removed for idleness; null: never.</summary>
    public ExpiryPolicy? Expiry { get; init; }

    /// <summary>When an environment is put to sleep, and how; null: never.</summary>
    public SleepPolicy? Sleep { get; init; }

    /// <summary>The namespace that a new environment gets; null: none of its own.</summary>
    public NamespacePolicy? Namespace { get; init; }

    /// <summary>Context of the commit statuses; null: none are posted.</summary>
    public required string? StatusContext { get; init; }

    /// <summary>Is a success posted for a pull request that gets no environment?</summary>
    public bool SkippedSucceed { get; init; }

    /// <summary>Is the head commit of a merge group given the status of its pull request's head?</summary>
    public bool ReportsToMergeQueue { get; init; }

    /// <summary>Does each pull request get a GitHub Deployment?</summary>
    public required bool Deployments { get; init; }

    /// <summary>Are deployments and GitHub's environment deleted with the environment?</summary>
    public bool CleansUpDeployments { get; init; }

    /// <summary>Does each pull request get a comment?</summary>
    public required bool Comment { get; init; }

    /// <summary>Are commands in comments carried out?</summary>
    public required bool Commands { get; init; }

    /// <summary>The least that <see cref="Interval"/> may be.</summary>
    public static TimeSpan MinimumInterval { get; } = TimeSpan.FromSeconds(10);
}

/// <summary>A chart in a Flux source.</summary>
/// <param name="SourceNamespace">Namespace of the source.</param>
/// <param name="SourceName">Name of the source.</param>
/// <param name="Path">Path or name of the chart in the source; empty for an OCIRepository, which is the chart itself.</param>
/// <param name="Version">Version or range; not used for an OCIRepository.</param>
public sealed record ChartReference(string SourceNamespace, string SourceName, string Path, string Version)
{
    /// <summary>Kind of the source.</summary>
    public FluxSourceKind Kind { get; init; }
}
