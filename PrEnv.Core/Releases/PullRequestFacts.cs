using System.Collections.Immutable;
using PrEnv.Core.Templates;

namespace PrEnv.Core.Releases;

/// <summary>
/// The object that a chart gets of its pull request. Title and body are left out: they are hostile text, and every edit would be a Helm
/// upgrade.
/// </summary>
internal static class PullRequestFacts
{
    private static readonly ImmutableArray<(string Name, Action<JsonTemplateBuilder> Write)> Facts =
    [
        ("number", json => json.Number()),
        ("sha", json => json.Text("<<PR_HEAD_SHA>>")),
        ("shortSha", json => json.Text("<<PR_HEAD_SHORT_SHA>>")),
        ("branch", json => json.Text("<<PR_BRANCH>>")),
        ("branchSlug", json => json.Text("<<PR_BRANCH_SLUG>>")),
        ("targetBranch", json => json.Text("<<PR_TARGET_BRANCH>>")),
        ("targetBranchSlug", json => json.Text("<<PR_TARGET_BRANCH_SLUG>>")),
        ("author", json => json.Text("<<PR_AUTHOR>>")),
        ("labels", json => json.Labels()),
        ("fork", json => json.IsFork()),
        ("url", json => json.Page()),
        ("owner", json => json.Text("<<REPO_OWNER>>")),
        ("repository", json => json.Text("<<REPO_NAME>>")),
    ];

    /// <summary>The names of its fields.</summary>
    public static IEnumerable<string> Names => Facts.Select(f => f.Name);

    public static void Write(JsonTemplateBuilder json)
    {
        json.StartObject();
        foreach (var (name, write) in Facts)
        {
            json.Name(name);
            write(json);
        }

        json.EndObject();
    }
}
