using System.Collections.Immutable;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Plans;

/// <summary>The result of an action.</summary>
/// <param name="Action">The action.</param>
/// <param name="Object">The release as the server has it now; null after a deletion or a refusal.</param>
/// <param name="Failure">What the server said; null on success.</param>
public sealed record ActionResult(PlannedAction Action, HelmRelease? Object, ApiStatus? Failure)
{
    /// <summary>The namespace as the server has it now; null unless one was created or changed.</summary>
    public ClusterNamespace? Namespace { get; init; }

    /// <summary>Was it done?</summary>
    public bool Succeeded => Failure is null;

    /// <summary>Tells causes of failure apart, for machines; null on success.</summary>
    public string? Cause => Failure is { } failure ? $"{Action.Verb} {failure.Code} {failure.Reason}" : null;

    /// <summary>By number of the pull request: the causes of what failed.</summary>
    public static IReadOnlyDictionary<int, string> Causes(IEnumerable<ActionResult> results) =>
        results.Where(r => !r.Succeeded).GroupBy(r => r.Action.PrNumber).ToDictionary(g => g.Key, g => g.First().Cause!);
}

/// <summary>A report that could not be sent to GitHub.</summary>
/// <param name="PrNumber">The pull request.</param>
/// <param name="Message">Why.</param>
/// <param name="Permanent">True when it is not tried again.</param>
/// <param name="What">What it was.</param>
public sealed record ReportFailure(int PrNumber, string Message, bool Permanent, ReportKind What = ReportKind.CommitStatus);

/// <summary>What is reported to GitHub.</summary>
public enum ReportKind
{
    /// <summary>A commit status.</summary>
    CommitStatus,

    /// <summary>A commit status on the head commit of a merge group.</summary>
    MergeGroup,

    /// <summary>A deployment or its status.</summary>
    Deployment,

    /// <summary>The comment on the pull request.</summary>
    Comment,

    /// <summary>The reaction to a command; without it, no command is carried out.</summary>
    Reaction,

    /// <summary>The deletion of deployments and their environment on GitHub, after the environment's end.</summary>
    Cleanup,
}

/// <summary>The outcome of a plan, to be written to the cluster.</summary>
/// <param name="Status">The status.</param>
/// <param name="Events">What is news.</param>
public sealed record Publication(PREphemeralEnvControllerStatus Status, ImmutableArray<PlannedEvent> Events)
{
    /// <summary>The rows of the status, and those that it has no space for.</summary>
    public ImmutableArray<EnvironmentStatus> Rows { get; init; } = [];

    /// <summary>For each environment that has become ready: how long that took.</summary>
    public ImmutableArray<TimeSpan> ReadyAfter { get; init; } = [];
}
