using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>Head branches that none of some patterns matches.</summary>
internal sealed class ExcludedBranchRule : ISelectionRule
{
    /// <inheritdoc/>
    public Rejection? Check(PullRequest pullRequest, EnvironmentSpec spec) => PatternCheck.Excludes(
        spec.Filter.ExcludeBranches, "excludeBranches", pullRequest.HeadBranch, "its branch",
        pattern => new Rejection(Reasons.BranchExcluded, RejectionMessages.BranchExcluded(pattern)));

    /// <inheritdoc/>
    public SelectionFacts Facts(PullRequest pullRequest, EnvironmentSpec spec) => SelectionFacts.Of(
        "branch", SelectionFacts.Text(pullRequest.HeadBranch), ("excludeBranches", spec.Filter.ExcludeBranches.Texts));
}
