using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>Base branches that one of some patterns matches.</summary>
internal sealed class TargetBranchRule : ISelectionRule
{
    /// <inheritdoc/>
    public Rejection? Check(PullRequest pullRequest, EnvironmentSpec spec) => PatternCheck.Includes(
        spec.Filter.TargetBranches, "targetBranches", pullRequest.BaseBranch, "its base branch",
        new Rejection(Reasons.TargetBranchNotIncluded, RejectionMessages.TargetBranch));

    /// <inheritdoc/>
    public SelectionFacts Facts(PullRequest pullRequest, EnvironmentSpec spec) => SelectionFacts.Of(
        "base branch", SelectionFacts.Text(pullRequest.BaseBranch), ("targetBranches", spec.Filter.TargetBranches.Texts));
}
