using System.Collections.Immutable;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Spec;

/// <summary>Checks <c>spec.pullRequests</c>, forks aside.</summary>
/// <param name="add">Takes a field below <c>spec</c> and what is wrong with it.</param>
internal sealed class PullRequestFilterReader(Action<string, string> add)
{
    private const int MaxLogin = 100;

    private const string AGlob =
        "a path from the root of the repository with the wildcards *, ** and ?, without a slash at either end and without . .. [ ] { } \\ "
        + "and ! at the beginning";

    private readonly TextPatternsReader _patterns = new(add);

    public PullRequestFilter Read(PullRequestSelection selection)
    {
        var filter = new PullRequestFilter
        {
            Labels = Labels("labels", selection.Labels),
            AnyLabels = Labels("anyLabels", selection.AnyLabels),
            ExcludeLabels = Labels("excludeLabels", selection.ExcludeLabels),
            SkipsDrafts = SkipsDrafts(selection.Drafts),
            Authors = Logins("authors", selection.Authors),
            ExcludeAuthors = Logins("excludeAuthors", selection.ExcludeAuthors),
            TargetBranches = _patterns.Read("targetBranches", selection.TargetBranches),
            Branches = _patterns.Read("branches", selection.Branches),
            ExcludeBranches = _patterns.Read("excludeBranches", selection.ExcludeBranches),
            Titles = _patterns.Read("titles", selection.Titles),
            ExcludeTitles = _patterns.Read("excludeTitles", selection.ExcludeTitles),
            Files = Files(selection),
        };
        _patterns.CheckSum();
        return filter;
    }

    private ImmutableArray<string> Labels(string field, IReadOnlyList<string?>? labels) =>
        ItemLists.Labels(add, $"pullRequests.{field}", labels);

    private ImmutableArray<string> Logins(string field, IReadOnlyList<string?>? logins) =>
        ItemLists.Read(
            add, $"pullRequests.{field}", logins, SpecPatterns.Login(), MaxLogin, "a GitHub login, such as octocat or dependabot[bot]");

    private PathFilter Files(PullRequestSelection selection)
    {
        var isValid = true;
        var (paths, excludePaths) = (Globs("paths", selection.Paths), Globs("excludePaths", selection.ExcludePaths));
        return isValid ? new PathFilter(paths, excludePaths) : PathFilter.None;

        ImmutableArray<string> Globs(string field, IReadOnlyList<string?>? globs) => ItemLists.Read(
            (at, problem) =>
            {
                isValid = false;
                add(at, problem);
            },
            $"pullRequests.{field}", globs, SpecPatterns.Glob(), PathGlob.MaxLength, AGlob);
    }

    private bool SkipsDrafts(string? text)
    {
        if (text is not (null or SpecDefaults.Drafts or SpecDefaults.DraftsSkipped))
        {
            add(
                "pullRequests.drafts",
                $"is \"{Text.Excerpt(text, 60)}\"; it must be {SpecDefaults.Drafts} or {SpecDefaults.DraftsSkipped}");
        }

        return text == SpecDefaults.DraftsSkipped;
    }
}
