using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>Titles that none of some patterns matches.</summary>
internal sealed class ExcludedTitleRule : ISelectionRule
{
    /// <inheritdoc/>
    public Rejection? Check(PullRequest pullRequest, EnvironmentSpec spec) => PatternCheck.Excludes(
        spec.Filter.ExcludeTitles, "excludeTitles", pullRequest.Title, "its title",
        pattern => new Rejection(Reasons.TitleExcluded, RejectionMessages.TitleExcluded(pattern)));

    /// <inheritdoc/>
    public SelectionFacts Facts(PullRequest pullRequest, EnvironmentSpec spec) => SelectionFacts.Of(
        "title", SelectionFacts.Text(pullRequest.Title), ("excludeTitles", spec.Filter.ExcludeTitles.Texts));
}
