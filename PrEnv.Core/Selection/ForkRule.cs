using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>
/// A fork's code is not the repository's: it runs in the cluster only where the spec says so. Approvals are looked at later.
/// </summary>
public sealed class ForkRule : ISelectionRule
{
    /// <inheritdoc/>
    public Rejection? Check(PullRequest pullRequest, EnvironmentSpec spec) =>
        pullRequest.IsFork && spec.Forks == ForkPolicy.Deny
            ? new Rejection(Reasons.ForkDenied, "Comes from a fork, and spec.pullRequests.forks is Deny.")
            : null;
}
