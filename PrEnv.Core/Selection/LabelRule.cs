using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>All of some labels, at least one of others, none of the rest.</summary>
internal sealed class LabelRule : ISelectionRule
{
    /// <inheritdoc/>
    public Rejection? Check(PullRequest pullRequest, EnvironmentSpec spec)
    {
        var filter = spec.Filter;
        if (filter.Labels.IsEmpty && filter.AnyLabels.IsEmpty && filter.ExcludeLabels.IsEmpty)
            return null;
        if (pullRequest.Labels is not { } labels)
            return RejectionMessages.NotReported("its labels");
        foreach (var excluded in filter.ExcludeLabels)
        {
            if (labels.Contains(excluded))
                return new Rejection(Reasons.LabelExcluded, RejectionMessages.LabelExcluded(excluded));
        }

        foreach (var needed in filter.Labels)
        {
            if (!labels.Contains(needed))
                return new Rejection(Reasons.LabelMissing, RejectionMessages.LabelMissing(needed));
        }

        return filter.AnyLabels.IsEmpty || filter.AnyLabels.Any(labels.Contains)
            ? null
            : new Rejection(Reasons.LabelMissing, RejectionMessages.NoLabel);
    }

    /// <inheritdoc/>
    public SelectionFacts Facts(PullRequest pullRequest, EnvironmentSpec spec) => SelectionFacts.Of(
        "labels", pullRequest.Labels?.Names, ("labels", spec.Filter.Labels), ("anyLabels", spec.Filter.AnyLabels),
        ("excludeLabels", spec.Filter.ExcludeLabels));
}
