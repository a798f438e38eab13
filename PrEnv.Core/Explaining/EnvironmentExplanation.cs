using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;

namespace PrEnv.Core.Explaining;

/// <summary>
/// Everything that is known of one pull request and its environment, and why it is so. Data only: <see cref="ExplanationJson"/> writes it,
/// and whoever shows it to people makes the sentences. Titles, branches, authors, labels and Flux's messages in it are hostile text.
/// </summary>
public sealed record EnvironmentExplanation
{
    /// <summary>The resource.</summary>
    public required ResourceKey Resource { get; init; }

    /// <summary>The repository, <c>owner/name</c>; null while the spec is not valid.</summary>
    public string? Repository { get; init; }

    /// <summary>Number of the pull request.</summary>
    public required int PrNumber { get; init; }

    /// <summary>The moment that it is about.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What phase, reason and message are taken from.</summary>
    public required ExplanationBasis Basis { get; init; }

    /// <summary>One of <see cref="EnvironmentPhase"/>.</summary>
    public required string Phase { get; init; }

    /// <summary>CamelCase, one of <see cref="Reasons"/> or Flux's own.</summary>
    public required string Reason { get; init; }

    /// <summary>A sentence that tells a person what to do; null if the status has none.</summary>
    public string? Message { get; init; }

    /// <summary>The rule that decided; null where the status alone is known.</summary>
    public string? Rule { get; init; }

    /// <summary>The commit that phase and message are about; null when it is not known.</summary>
    public string? Commit { get; init; }

    /// <summary>Since when it has been in that phase; null when the status does not say.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Where people find the environment; null: nowhere yet.</summary>
    public string? Url { get; init; }

    /// <summary>When it will be removed for idleness; null when it will not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Why GitHub's listing of the open pull requests is missing; null if it was read, or not asked for.</summary>
    public PullRequestListing.Unavailable? GitHubProblem { get; init; }

    /// <summary>The pull request as it is listed; null if it is not listed, or the listing is not available.</summary>
    public PullRequestExplanation? PullRequest { get; init; }

    /// <summary>What GitHub said of this very pull request, if it was asked because the listing leaves it out.</summary>
    public PullRequestState? Confirmation { get; init; }

    /// <summary>What each rule of the selection says; empty if the pull request is not listed.</summary>
    public ImmutableArray<SelectionCheck> Selection { get; init; } = [];

    /// <summary>The commit for which a command has asked to have no environment; null: none.</summary>
    public string? DeletedByCommand { get; init; }

    /// <summary>Which commit may be installed; null if the pull request is not listed.</summary>
    public ApprovalExplanation? Approval { get; init; }

    /// <summary>The checks of the head commit; null if the spec names none, or they no longer matter.</summary>
    public ChecksExplanation? Checks { get; init; }

    /// <summary>Where it waits for a free environment; null: it does not.</summary>
    public QueueExplanation? Queue { get; init; }

    /// <summary>Whether it sleeps; null if it has no environment, or the spec does not ask for sleep.</summary>
    public SleepExplanation? Sleep { get; init; }

    /// <summary>Its HelmRelease; null: it has none.</summary>
    public ReleaseExplanation? Release { get; init; }

    /// <summary>What asks whether the environment answers; null if nothing does.</summary>
    public ProbeExplanation? Probe { get; init; }

    /// <summary>What GitHub was told, and what it is to be told.</summary>
    public required ReportsExplanation Reports { get; init; }

    /// <summary>What happens next.</summary>
    public required NextExplanation Next { get; init; }
}
