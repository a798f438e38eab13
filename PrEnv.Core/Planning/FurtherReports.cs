using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Planning;

/// <summary>What a plan has GitHub told beside the decisions on the pull requests themselves.</summary>
/// <param name="MergeGroups">By number of the pull request: commit statuses of the head commits of its merge groups.</param>
/// <param name="Cleanups">The pull requests whose deployments and environment are to be deleted on GitHub.</param>
public sealed record FurtherReports(ILookup<int, CommitStatus> MergeGroups, ImmutableHashSet<int> Cleanups)
{
    /// <summary>None, or nothing is known of them.</summary>
    public static FurtherReports None { get; } = Of([], []);

    /// <summary>Those that a plan brings about if each of its actions succeeds; GitHub may show some of them already.</summary>
    public static FurtherReports Of(Snapshot snapshot, Plan plan)
    {
        IEnumerable<int> cleanups = snapshot.Spec.Spec is { CleansUpDeployments: true }
            ? plan.Environments.Where(e => e.Deployment is { State: DeploymentState.Inactive } || LeavesItsDeployment(e, ReleaseOf(e)))
                .Select(e => e.PrNumber)
            : [];
        return Of(Conclusion.ForMergeGroups(snapshot, plan, []), cleanups);

        HelmRelease? ReleaseOf(EnvironmentDecision decision) =>
            snapshot.Owned.Select(owned => owned.Release).FirstOrDefault(release => release.Metadata.Key == decision.Release);
    }

    /// <summary>These ones.</summary>
    public static FurtherReports Of(IEnumerable<(int PrNumber, CommitStatus Status)> mergeGroups, IEnumerable<int> cleanups) =>
        new(mergeGroups.ToLookup(m => m.PrNumber, m => m.Status), [.. cleanups]);

    /// <summary>Is its environment leaving, and was its deployment noted as inactive?</summary>
    /// <param name="decision">On the pull request.</param>
    /// <param name="release">Its HelmRelease; null if it has none.</param>
    public static bool LeavesItsDeployment(EnvironmentDecision decision, HelmRelease? release) =>
        decision.Phase == EnvironmentPhase.Deleting && release is not null
        && ReportedDeployment.Read(release) is { Report.State: DeploymentState.Inactive };
}
