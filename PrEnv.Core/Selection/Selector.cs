using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>Which pull requests get an environment.</summary>
internal static class Selector
{
    private static readonly ImmutableArray<ISelectionRule> Rules =
    [
        new ForkRule(), new DraftRule(), new LabelRule(), new AuthorRule(), new TargetBranchRule(), new ExcludedBranchRule(),
        new BranchRule(), new ExcludedTitleRule(), new TitleRule(),
    ];

    /// <summary>
    /// The first rule's objection, or null when the pull request is selected. What one rule cannot tell, another may rule out.
    /// </summary>
    public static Rejection? Reject(PullRequest pullRequest, EnvironmentSpec spec)
    {
        Rejection? uncertain = null;
        foreach (var rule in Rules)
        {
            if (rule.Check(pullRequest, spec) is not { } rejection)
                continue;
            if (rejection.IsCertain)
                return rejection;
            uncertain ??= rejection;
        }

        return uncertain;
    }
}
