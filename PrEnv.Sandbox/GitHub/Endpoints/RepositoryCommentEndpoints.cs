using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Sandbox.GitHub.Http;
using PrEnv.Sandbox.GitHub.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Endpoints;

/// <summary>
/// <c>GET /issues/comments</c>: the comments on all issues and pull requests of a repository. See
/// https://docs.github.com/rest/issues/comments#list-issue-comments-for-a-repository.
/// </summary>
internal sealed class RepositoryCommentEndpoints(GitHubState state, Reply reply)
{
    private static readonly string[] Sorts = ["", "created", "updated"];
    private static readonly string[] Directions = ["", "asc", "desc"];

    public void Map(RepositoryRoutes routes) => routes.Map("GET", "issues/comments", ListAsync);

    /// <summary>The comments that were changed then or later; GitHub's times have no fractions.</summary>
    public static IEnumerable<GitHubComment> Since(IEnumerable<GitHubComment> comments, IQueryCollection query) =>
        DateTimeOffset.TryParse(query["since"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
            ? comments.Where(c => Seconds(c.UpdatedAt) >= since)
            : comments;

    private Task ListAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        var (sort, direction) = (context.Request.Query["sort"].ToString(), context.Request.Query["direction"].ToString());
        var wrong = !Sorts.Contains(sort) ? "sort" : !Directions.Contains(direction) ? "direction" : null;
        if (wrong is not null)
            return Refusals.InvalidAsync(context, new FieldError("IssueComment", "invalid", wrong, Message: null));
        var all = state.Read(repository.Id, record => record.Comments.ToImmutableArray());
        ImmutableArray<GitHubComment> comments = [.. Sorted(Since(all, context.Request.Query), sort, direction)];
        var paging = Paging.Of(context.Request);
        paging.AddLink(context, comments.Length, repository.Id, "issues/comments");
        return reply.ConditionalAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var comment in paging.Cut(comments))
                ConversationJson.Write(json, comment, repository, ApiCall.Of(context).BaseUrl);
            json.WriteEndArray();
        });
    }

    // The direction counts only together with an order.
    private static IEnumerable<GitHubComment> Sorted(IEnumerable<GitHubComment> comments, string sort, string direction) =>
        (sort, direction) switch
        {
            ("", _) => comments.OrderBy(c => c.Id),
            (_, "desc") => comments.OrderByDescending(c => Key(c, sort)).ThenByDescending(c => c.Id),
            _ => comments.OrderBy(c => Key(c, sort)).ThenBy(c => c.Id),
        };

    private static DateTimeOffset Key(GitHubComment comment, string sort) =>
        Seconds(sort == "updated" ? comment.UpdatedAt : comment.CreatedAt);

    private static DateTimeOffset Seconds(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
