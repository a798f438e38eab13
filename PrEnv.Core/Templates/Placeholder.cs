using System.Collections.Frozen;
using System.Globalization;
using PrEnv.Core.Model;

namespace PrEnv.Core.Templates;

/// <summary>What the placeholders of one pull request stand for.</summary>
/// <param name="PullRequest">The pull request.</param>
/// <param name="Owner">Owner of the repository.</param>
/// <param name="Repository">Name of the repository.</param>
public readonly record struct TemplateContext(PullRequest PullRequest, string Owner, string Repository);

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

    /// <summary>All names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Values.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Is that the name of a placeholder?</summary>
    public static bool IsKnown(string name) => Values.ContainsKey(name);

    /// <summary>Is it allowed in the host of a URL?</summary>
    public static bool IsAllowedInHost(string name) => HostSafe.Contains(name);

    internal static string Resolve(string name, TemplateContext context) => Values[name](context);
}
