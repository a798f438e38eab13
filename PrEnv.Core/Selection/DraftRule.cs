using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>Drafts, if the spec skips them.</summary>
internal sealed class DraftRule : ISelectionRule
{
    /// <inheritdoc/>
    public Rejection? Check(PullRequest pullRequest, EnvironmentSpec spec) => (spec.Filter.SkipsDrafts, pullRequest.IsDraft) switch
    {
        (false, _) or (true, false) => null,
        (true, true) => new Rejection(Reasons.DraftSkipped, RejectionMessages.Draft),
        (true, null) => RejectionMessages.NotReported("whether it is a draft"),
    };

    /// <inheritdoc/>
    public SelectionFacts Facts(PullRequest pullRequest, EnvironmentSpec spec) => SelectionFacts.Of(
        "draft", SelectionFacts.Flag(pullRequest.IsDraft), ("drafts", spec.Filter.SkipsDrafts ? ["Skip"] : []));
}
