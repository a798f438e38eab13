using PrEnv.Core.Model;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>One reason why a pull request gets no environment. Pure.</summary>
internal interface ISelectionRule
{
    /// <summary>Why this pull request gets none; null if the rule does not object.</summary>
    Rejection? Check(PullRequest pullRequest, EnvironmentSpec spec);

    /// <summary>What the rule compares, for people who ask why.</summary>
    SelectionFacts Facts(PullRequest pullRequest, EnvironmentSpec spec);
}

/// <summary>Why a pull request gets no environment.</summary>
/// <param name="Reason">CamelCase, for machines.</param>
/// <param name="Message">A sentence that tells a person what to do.</param>
internal sealed record Rejection(string Reason, string Message)
{
    /// <summary>
    /// False when GitHub has not said enough: the pull request gets no environment yet, and the one that it has stays as it is.
    /// </summary>
    public bool IsCertain { get; init; } = true;
}
