using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>Head branches that one of some patterns matches.</summary>
internal sealed class BranchRule : ISelectionRule
{
    /// <inheritdoc/>
    public Rejection? Check(PullRequest pullRequest, EnvironmentSpec spec) => PatternCheck.Includes(
        spec.Filter.Branches, "branches", pullRequest.HeadBranch, "its branch",
        new Rejection(Reasons.BranchNotIncluded, RejectionMessages.Branch));

    /// <inheritdoc/>
    public SelectionFacts Facts(PullRequest pullRequest, EnvironmentSpec spec) => SelectionFacts.Of(
        "branch", SelectionFacts.Text(pullRequest.HeadBranch), ("branches", spec.Filter.Branches.Texts));
}
