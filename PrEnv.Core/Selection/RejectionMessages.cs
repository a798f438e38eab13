using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Selection;

/// <summary>Why pull requests get no environment, in sentences.</summary>
internal static class RejectionMessages
{
    private const string Field = "spec.pullRequests.";

    public const string Fork = $"The pull request comes from a fork, and {Field}forks is Deny.";

    public const string Draft = $"The pull request is a draft, and {Field}drafts is Skip.";

    public const string Author = $"The author of the pull request is not in {Field}authors.";

    public const string AuthorExcluded = $"The author of the pull request is in {Field}excludeAuthors.";

    public static string LabelMissing(string label) =>
        $"The pull request does not have the label \"{Text.Excerpt(label)}\" of {Field}labels.";

    public const string NoLabel = $"The pull request has none of the labels of {Field}anyLabels.";

    public static string LabelExcluded(string label) =>
        $"The pull request has the label \"{Text.Excerpt(label)}\" of {Field}excludeLabels.";

    public const string TargetBranch = $"No pattern of {Field}targetBranches matches the base branch of the pull request.";

    public const string Branch = $"No pattern of {Field}branches matches the branch of the pull request.";

    public static string BranchExcluded(string pattern) =>
        $"The pattern \"{Text.Excerpt(pattern)}\" of {Field}excludeBranches matches the branch of the pull request.";

    public const string Title = $"No pattern of {Field}titles matches the title of the pull request.";

    public static string TitleExcluded(string pattern) =>
        $"The pattern \"{Text.Excerpt(pattern)}\" of {Field}excludeTitles matches the title of the pull request.";

    public const string Path = $"The pull request changes no file that matches {Field}paths.";

    public const string PathsExcluded = $"Every file that the pull request changes matches {Field}excludePaths.";

    public const string IncludedPathsExcluded =
        $"Every file that the pull request changes and that matches {Field}paths also matches {Field}excludePaths.";

    public const string FilesNotRead = "GitHub has not been asked yet which files it changes.";

    public const string NoFiles = "GitHub lists no files that it changes.";

    public const string OtherCommit = "GitHub lists the files of another commit.";

    /// <summary>A text is too long to be matched, or takes too long.</summary>
    /// <param name="what">The text.</param>
    /// <param name="field">The patterns, below <c>spec.pullRequests</c>.</param>
    public static Rejection NotMatched(string what, string field) =>
        Unknown($"Whether a pattern of {Field}{field} matches {what} could not be found out: it is too long, or takes too long to match.");

    /// <summary>GitHub left that out of its answer.</summary>
    /// <param name="what">What a rule needs to know.</param>
    public static Rejection NotReported(string what) => Unknown($"GitHub did not report {what}.");

    /// <param name="why">A sentence.</param>
    public static Rejection Unknown(string why) =>
        new(Reasons.SelectionUnknown, $"It is not known whether the pull request is selected. {why}") { IsCertain = false };
}
