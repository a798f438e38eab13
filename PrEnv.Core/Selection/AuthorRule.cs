using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>Some authors, and not others. An account that has been deleted is none of them.</summary>
internal sealed class AuthorRule : ISelectionRule
{
    /// <inheritdoc/>
    public Rejection? Check(PullRequest pullRequest, EnvironmentSpec spec)
    {
        var filter = spec.Filter;
        if (filter.ExcludeAuthors.Contains(pullRequest.Author, StringComparer.OrdinalIgnoreCase))
            return new Rejection(Reasons.AuthorExcluded, RejectionMessages.AuthorExcluded);
        return filter.Authors.IsEmpty || filter.Authors.Contains(pullRequest.Author, StringComparer.OrdinalIgnoreCase)
            ? null
            : new Rejection(Reasons.AuthorNotIncluded, RejectionMessages.Author);
    }

    /// <inheritdoc/>
    public SelectionFacts Facts(PullRequest pullRequest, EnvironmentSpec spec) => SelectionFacts.Of(
        "author", [pullRequest.Author], ("authors", spec.Filter.Authors), ("excludeAuthors", spec.Filter.ExcludeAuthors));
}
