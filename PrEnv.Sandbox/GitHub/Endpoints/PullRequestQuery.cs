using System.Collections.Immutable;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Endpoints;

/// <summary>What a listing asks for. See https://docs.github.com/rest/pulls/pulls#list-pull-requests.</summary>
internal sealed record PullRequestQuery(string State, string Sort, bool Descending, string? Head, string? Base)
{
    private static readonly string[] States = ["open", "closed", "all"];
    private static readonly string[] Sorts = ["created", "updated", "popularity", "long-running"];
    private static readonly string[] Directions = ["asc", "desc"];

    /// <summary>Null, and the name of the parameter, when one is none of those that GitHub knows.</summary>
    public static PullRequestQuery? TryRead(IQueryCollection query, out string wrongField)
    {
        var state = Value(query, "state") ?? "open";
        var sort = Value(query, "sort");
        var direction = Value(query, "direction");
        wrongField = !States.Contains(state) ? "state"
            : sort is not null && !Sorts.Contains(sort) ? "sort"
            : direction is not null && !Directions.Contains(direction) ? "direction"
            : "";
        // Newest first by default, but oldest first for every other order that is asked for.
        var descending = direction is null ? sort is null or "created" : direction == "desc";
        return wrongField.Length == 0
            ? new PullRequestQuery(state, sort ?? "created", descending, Value(query, "head"), Value(query, "base"))
            : null;
    }

    public ImmutableArray<GitHubPullRequest> Select(ImmutableArray<GitHubPullRequest> all)
    {
        var selected = all.Where(pr =>
            (State == "all" || pr.IsOpen == (State == "open"))
            && (Head is null || $"{pr.HeadOwner}:{pr.HeadBranch}" == Head)
            && (Base is null || pr.BaseBranch == Base));
        return Descending
            ? [.. selected.OrderByDescending(Key).ThenByDescending(pr => pr.Number)]
            : [.. selected.OrderBy(Key).ThenBy(pr => pr.Number)];
    }

    /// <summary>Nobody comments here: by popularity, all are alike.</summary>
    private DateTimeOffset Key(GitHubPullRequest pr) => Sort switch
    {
        "updated" => pr.UpdatedAt,
        "popularity" => default,
        _ => pr.CreatedAt,
    };

    private static string? Value(IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } value ? value : null;
}
