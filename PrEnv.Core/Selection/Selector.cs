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
    /// <param name="pullRequest">As it is listed.</param>
    /// <param name="spec">The filters.</param>
    /// <param name="answers">What is known of the files that pull requests change.</param>
    public static Rejection? Reject(
        PullRequest pullRequest, EnvironmentSpec spec, IReadOnlyDictionary<PathQuestion, PathVerdict> answers)
    {
        if (RejectListed(pullRequest, spec) is not { } listed)
            return PathRule.Check(pullRequest, spec, answers);
        return !listed.IsCertain && PathRule.Check(pullRequest, spec, answers) is { IsCertain: true } rejection ? rejection : listed;
    }

    /// <summary>What each rule says of it, in their order; the first that rejects it decides.</summary>
    public static ImmutableArray<SelectionCheck> Explain(
        PullRequest pullRequest, EnvironmentSpec spec, IReadOnlyDictionary<PathQuestion, PathVerdict> answers) =>
    [
        .. Rules.Select(rule => Explain(rule.GetType().Name, rule.Check(pullRequest, spec), rule.Facts(pullRequest, spec))),
        Explain(nameof(PathRule), PathRule.Check(pullRequest, spec, answers), PathRule.Facts(pullRequest, spec, answers)),
    ];

    /// <summary>The same of those rules alone for which the listing is enough.</summary>
    public static Rejection? RejectListed(PullRequest pullRequest, EnvironmentSpec spec)
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

    private static SelectionCheck Explain(string rule, Rejection? rejection, SelectionFacts facts) => new(
        rule,
        rejection switch
        {
            null => facts.Wanted.Count == 0 ? SelectionVerdict.NotAsked : SelectionVerdict.Admitted,
            { IsCertain: true } => SelectionVerdict.Rejected,
            _ => SelectionVerdict.Unknown,
        },
        facts, rejection?.Reason, rejection?.Message);
}
