using System.Collections.Immutable;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;

namespace PrEnv.Core.Explaining;

/// <summary>What a plan would do for one resource, and why.</summary>
public sealed record PlanExplanation
{
    /// <summary>The resource.</summary>
    public required ResourceKey Resource { get; init; }

    /// <summary>The repository, <c>owner/name</c>; null while the spec is not valid.</summary>
    public string? Repository { get; init; }

    /// <summary>Does it do anything, in the cluster or on GitHub? The status of the resource and its events do not count.</summary>
    public required bool HasChanges { get; init; }

    /// <summary>The condition of the resource, if everything succeeds.</summary>
    public required OverallVerdict Overall { get; init; }

    /// <summary>What is done with the resource's finalizer: <c>add</c> or <c>remove</c>; null: nothing.</summary>
    public string? Finalizer { get; init; }

    /// <summary>How many commands in comments would be taken up; what they ask for is not part of the plan yet.</summary>
    public int NewCommands { get; init; }

    /// <summary>How many pull requests are open; null when it is not known.</summary>
    public int? OpenPullRequests { get; init; }

    /// <summary>Each pull request, by number.</summary>
    public ImmutableArray<EnvironmentExplanation> Environments { get; init; } = [];
}
