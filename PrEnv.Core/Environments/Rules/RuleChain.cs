using System.Collections.Immutable;

namespace PrEnv.Core.Environments.Rules;

/// <summary>The rules in their order.</summary>
internal static class RuleChain
{
    private static readonly ImmutableArray<IEnvironmentRule> Rules =
    [
        new HoldWithoutProof(),
        new DeleteClosed(),
        new DeleteUnselected(),
        new SkipUnselected(),
        new DeleteExpired(),
        new DeleteUnapproved(),
        new WaitForChecks(),
        new WaitForApproval(),
        new MoveMisplaced(),
        new WaitForDeletion(),
        new RefuseTakenName(),
        new WaitForNamespace(),
        new WaitForPlace(),
        new ApplyDesired(),
        new EvaluateRelease(),
    ];

    /// <summary>The first state that a rule recognises, and the rule's name; null if no rule applies.</summary>
    public static (EnvironmentState State, string Rule)? Find(EnvironmentInput input)
    {
        foreach (var rule in Rules)
        {
            if (rule.Find(input) is { } state)
                return (state, rule.GetType().Name);
        }

        return null;
    }
}
