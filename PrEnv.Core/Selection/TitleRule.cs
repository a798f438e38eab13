using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>Titles that one of some patterns matches.</summary>
internal sealed class TitleRule : ISelectionRule
{
    /// <inheritdoc/>
    public Rejection? Check(PullRequest pullRequest, EnvironmentSpec spec) => PatternCheck.Includes(
        spec.Filter.Titles, "titles", pullRequest.Title, "its title",
        new Rejection(Reasons.TitleNotIncluded, RejectionMessages.Title));

    /// <inheritdoc/>
    public SelectionFacts Facts(PullRequest pullRequest, EnvironmentSpec spec) => SelectionFacts.Of(
        "title", SelectionFacts.Text(pullRequest.Title), ("titles", spec.Filter.Titles.Texts));
}
