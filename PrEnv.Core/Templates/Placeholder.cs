using System.Collections.Frozen;
using System.Globalization;
using PrEnv.Core.Model;

namespace PrEnv.Core.Templates;

/// <summary>What the placeholders of one pull request stand for.</summary>
/// <param name="PullRequest">The pull request.</param>
/// <param name="Owner">Owner of the repository.</param>
/// <param name="Repository">Name of the repository.</param>
public readonly record struct TemplateContext(PullRequest PullRequest, string Owner, string Repository)
{
    /// <summary>The namespace that was created for the environment; null: none. No placeholder stands for it.</summary>
    public string? Namespace { get; init; }
}

/// <summary>The names that are allowed between <c>&lt;&lt;</c> and <c>&gt;&gt;</c>.</summary>
public static class Placeholder
{
    private static readonly FrozenDictionary<string, Func<TemplateContext, string>> Values =
        new Dictionary<string, Func<TemplateContext, string>>(StringComparer.Ordinal)
        {
            ["PR_NUMBER"] = c => c.PullRequest.Number.ToString(CultureInfo.InvariantCulture),
            ["PR_HEAD_SHA"] = c => c.PullRequest.HeadSha,
            ["PR_HEAD_SHORT_SHA"] = c => c.PullRequest.ShortSha,
            ["PR_BRANCH_SLUG"] = c => Slug.Of(c.PullRequest.HeadBranch),
            ["PR_TARGET_BRANCH_SLUG"] = c => Slug.Of(c.PullRequest.BaseBranch),
            ["PR_BRANCH"] = c => c.PullRequest.HeadBranch,
            ["PR_TARGET_BRANCH"] = c => c.PullRequest.BaseBranch,
            ["PR_TITLE"] = c => c.PullRequest.Title,
            ["PR_AUTHOR"] = c => c.PullRequest.Author,
            ["REPO_OWNER"] = c => c.Owner,
            ["REPO_NAME"] = c => c.Repository,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    // Numbers, commits and slugs: nothing that an outsider can write freely.
    private static readonly FrozenSet<string> HostSafe =
        new[] { "PR_NUMBER", "PR_HEAD_SHA", "PR_HEAD_SHORT_SHA", "PR_BRANCH_SLUG", "PR_TARGET_BRANCH_SLUG" }
            .ToFrozenSet(StringComparer.Ordinal);

    // The number, the commit and the repository are known even while GitHub is unavailable.
    private static readonly FrozenSet<string> Known =
        new[] { "PR_NUMBER", "PR_HEAD_SHA", "PR_HEAD_SHORT_SHA", "REPO_OWNER", "REPO_NAME" }.ToFrozenSet(StringComparer.Ordinal);

    // An outsider chooses every character.
    private static readonly FrozenSet<string> Free =
        new[] { "PR_BRANCH", "PR_TARGET_BRANCH", "PR_TITLE", "PR_AUTHOR" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>All names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Values.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Is that the name of a placeholder?</summary>
    public static bool IsKnown(string name) => Values.ContainsKey(name);

    /// <summary>Is it allowed in the host of a URL?</summary>
    public static bool IsAllowedInHost(string name) => HostSafe.Contains(name);

    /// <summary>Is it text that an outsider can write freely?</summary>
    public static bool IsFreeText(string name) => Free.Contains(name);

    /// <summary>Does its value come from GitHub's answer, other than the number and the commit, which a release tells too?</summary>
    public static bool NeedsFacts(string name) => !Known.Contains(name);

    /// <summary>A clause about a name that is not known, with those that are.</summary>
    internal static string Unknown(string name) =>
        $"has the unknown placeholder <<{Texts.Text.Excerpt(name, 60)}>>; the known placeholders are {string.Join(", ", Names)}";

    internal static string Resolve(string name, TemplateContext context) => Values[name](context);
}
