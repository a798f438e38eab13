using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Selection;

/// <summary>
/// Changed files, one of which must count. They are asked for separately, and only if all other rules admit the pull request.
/// </summary>
internal static class PathRule
{
    /// <param name="pullRequest">As it is listed.</param>
    /// <param name="spec">The filter.</param>
    /// <param name="answers">What is known.</param>
    public static Rejection? Check(
        PullRequest pullRequest, EnvironmentSpec spec, IReadOnlyDictionary<PathQuestion, PathVerdict> answers)
    {
        if (PathQuestion.Of(pullRequest, spec) is not { } question)
            return null;
        return answers.GetValueOrDefault(question) switch
        {
            null => RejectionMessages.Unknown(RejectionMessages.FilesNotRead),
            { Match: PathMatch.Included } => null,
            { Match: PathMatch.NotIncluded } => new Rejection(Reasons.PathNotIncluded, RejectionMessages.Path),
            { Match: PathMatch.Excluded } => new Rejection(
                Reasons.PathExcluded,
                question.Filter.Paths.Any() ? RejectionMessages.IncludedPathsExcluded : RejectionMessages.PathsExcluded),
            var unknown => RejectionMessages.Unknown(unknown.Problem ?? RejectionMessages.FilesNotRead),
        };
    }

    /// <summary>What the rule compares, for people who ask why.</summary>
    public static SelectionFacts Facts(
        PullRequest pullRequest, EnvironmentSpec spec, IReadOnlyDictionary<PathQuestion, PathVerdict> answers)
    {
        var verdict = PathQuestion.Of(pullRequest, spec) is { } question ? answers.GetValueOrDefault(question) : null;
        return SelectionFacts.Of(
            "files", verdict is null or { Match: PathMatch.Unknown } ? null : [verdict.Match.ToString()],
            ("paths", [.. spec.Filter.Files.Paths]), ("excludePaths", [.. spec.Filter.Files.ExcludePaths]));
    }
}
