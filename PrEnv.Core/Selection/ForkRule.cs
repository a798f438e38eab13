using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>
/// A fork's code is not the repository's: it runs in the cluster only if the spec allows it. Approvals are checked later.
/// </summary>
internal sealed class ForkRule : ISelectionRule
{
    /// <inheritdoc/>
    public Rejection? Check(PullRequest pullRequest, EnvironmentSpec spec) =>
        pullRequest.IsFork && spec.Forks == ForkPolicy.Deny
            ? new Rejection(Reasons.ForkDenied, RejectionMessages.Fork)
            : null;

    /// <inheritdoc/>
    public SelectionFacts Facts(PullRequest pullRequest, EnvironmentSpec spec) => SelectionFacts.Of(
        "fork", SelectionFacts.Flag(pullRequest.IsFork), ("forks", [spec.Forks.ToString()]));
}
