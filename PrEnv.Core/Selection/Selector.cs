using System.Collections.Immutable;
using PrEnv.Core.Model;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>Which pull requests get an environment.</summary>
internal static class Selector
{
    private static readonly ImmutableArray<ISelectionRule> Rules = [new ForkRule()];

    /// <summary>The first rule's objection, or null when the pull request is selected.</summary>
    public static Rejection? Reject(PullRequest pullRequest, EnvironmentSpec spec)
    {
        foreach (var rule in Rules)
        {
            if (rule.Check(pullRequest, spec) is { } rejection)
                return rejection;
        }

        return null;
    }
}
