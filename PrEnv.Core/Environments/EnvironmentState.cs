using System.Collections.Immutable;
using PrEnv.Core.Ranking;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;

namespace PrEnv.Core.Environments;

/// <summary>
/// What one pull request's environment is found to be, with the evidence for it. The rules name it; what is done and what is reported
/// follow from it, see <see cref="EnvironmentActions"/> and <see cref="EnvironmentRows"/>.
/// </summary>
internal abstract record EnvironmentState
{
    private EnvironmentState()
    {
    }

    /// <summary>A complete listing leaves the pull request out, and GitHub does not confirm that it is closed.</summary>
    /// <param name="Release">Its release; null: nothing but its namespace is left.</param>
    /// <param name="IsReportedOpen">Asked for it alone, GitHub reports it as open; false: GitHub could not tell.</param>
    public sealed record Unlisted(HelmRelease? Release, bool IsReportedOpen) : EnvironmentState;

    /// <summary>The pull request is no longer listed, and its environment is being removed.</summary>
    /// <param name="IsClosed">GitHub said that it is closed; false: its release was deleted by something else first.</param>
    public sealed record Closed(bool IsClosed) : EnvironmentState;

    /// <summary>Open, but not selected.</summary>
    public sealed record Rejected(Rejection Rejection) : EnvironmentState;

    /// <summary>Nothing has happened on it for too long.</summary>
    /// <param name="IdleTimeout">How long that is.</param>
    public sealed record Expired(TimeSpan IdleTimeout) : EnvironmentState;

    /// <summary>No commit of it may be installed: from a fork, or not known whether it is selected.</summary>
    public sealed record Unapproved(Approval Approval) : EnvironmentState;

    /// <summary>Its head commit waits for its checks, and no other commit of it is installed.</summary>
    public sealed record Unchecked(CheckWait Wait) : EnvironmentState;

    /// <summary>It has a release in a former destination.</summary>
    /// <param name="Old">That release.</param>
    /// <param name="Moves">False: it stays until GitHub answers.</param>
    public sealed record Misplaced(HelmRelease Old, bool Moves) : EnvironmentState;

    /// <summary>The release with its name is being deleted.</summary>
    public sealed record Leaving(HelmRelease Release) : EnvironmentState;

    /// <summary>The release with its name belongs to another owner.</summary>
    public sealed record Taken(HelmRelease Occupant) : EnvironmentState;

    /// <summary>A namespace of the previous environment is still there, and cannot be used again.</summary>
    public sealed record NamespaceLeaving(ClusterNamespace Namespace) : EnvironmentState;

    /// <summary>It cannot get the namespace that it needs.</summary>
    public sealed record NamespaceRefused(NamespaceRefusal Refusal) : EnvironmentState;

    /// <summary>There are as many environments as there may be, and it has none.</summary>
    public sealed record Queued(QueuePlace Place) : EnvironmentState;

    /// <summary>It has no release.</summary>
    public sealed record Absent(DesiredRelease Desired, string Sha) : EnvironmentState;

    /// <summary>Its release differs from the desired one.</summary>
    /// <param name="Release">As it is.</param>
    /// <param name="Desired">As it should be.</param>
    /// <param name="Sha">The commit that should be installed.</param>
    /// <param name="Rollout">Paths of the spec that differ; empty: labels and annotations alone, which start no rollout.</param>
    /// <param name="Fields">Paths of all that differs.</param>
    /// <param name="IsAdoption">It was the predecessor's, or that of an earlier resource with this name.</param>
    public sealed record Drifted(
        HelmRelease Release, DesiredRelease Desired, string Sha, ImmutableArray<string> Rollout, ImmutableArray<string> Fields,
        bool IsAdoption)
        : EnvironmentState;

    /// <summary>Its release differs from the desired one in what an admission policy overrides, and in nothing else.</summary>
    /// <param name="Release">As it is.</param>
    /// <param name="Fields">Paths of what is overridden.</param>
    public sealed record Overridden(HelmRelease Release, ImmutableArray<string> Fields) : EnvironmentState;

    /// <summary>Its release is as it should be.</summary>
    public sealed record Current(HelmRelease Release) : EnvironmentState;
}
