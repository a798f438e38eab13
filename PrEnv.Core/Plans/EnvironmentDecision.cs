using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Plans;

/// <summary>What is to be done for one pull request, and what is to be reported about it.</summary>
public sealed record EnvironmentDecision
{
    /// <summary>Number of the pull request.</summary>
    public required int PrNumber { get; init; }

    /// <summary>Name of the rule that decided, for logs and tests.</summary>
    public required string Rule { get; init; }

    /// <summary>The commit in question; null when it is not known.</summary>
    public string? Sha { get; init; }

    /// <summary>One of <see cref="EnvironmentPhase"/>.</summary>
    public required string Phase { get; init; }

    /// <summary>CamelCase, for machines.</summary>
    public required string Reason { get; init; }

    /// <summary>A sentence that tells a person what to do.</summary>
    public required string Message { get; init; }

    /// <summary>The environment's HelmRelease; null if it has none.</summary>
    public ResourceKey? Release { get; init; }

    /// <summary>The link for people.</summary>
    public string? Url { get; init; }

    /// <summary>Since when it has been so; null: as long as the last row has said the same, or since now.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>When its environment expires if nothing happens on the pull request; null: it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How long it took to become ready, from the last change of its HelmRelease; null unless that is news.</summary>
    public TimeSpan? ReadyAfter { get; init; }

    /// <summary>The position in the queue that GitHub is told, from 1; null: it does not wait for a free environment.</summary>
    public int? Place { get; init; }

    /// <summary>The head commit, while it waits for its checks; null when it does not.</summary>
    public WaitingCommit? Waiting { get; init; }

    /// <summary>Writes, in order; empty when all is well.</summary>
    public ImmutableArray<PlannedAction> Actions { get; init; } = [];

    /// <summary>The commit status that its head commit is to have; null: none, or the one that it has.</summary>
    public CommitStatus? Status { get; init; }

    /// <summary>The commit status that was posted last for it; null if none is known.</summary>
    public CommitStatus? Posted { get; init; }

    /// <summary>The commit status to post: <see cref="Status"/>, if it does not say the same as the one posted last.</summary>
    public CommitStatus? Report => Status is null || Status.TellsTheSameAs(Posted) ? null : Status;

    /// <summary>The deployment to show, if it differs from the one shown last.</summary>
    public DeploymentReport? Deployment { get; init; }

    /// <summary>What the comment is to say, if that has changed.</summary>
    public CommentReport? Comment { get; init; }

    /// <summary>What to probe; null: nothing.</summary>
    public ProbeTarget? Probe { get; init; }

    /// <summary>What changed since the last status.</summary>
    public ImmutableArray<PlannedEvent> Events { get; init; } = [];

    /// <summary>When to check again even if nothing happens.</summary>
    public DateTimeOffset? CheckAgainAt { get; init; }
}
