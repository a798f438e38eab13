using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PrEnv.Sandbox.GitHub.Http;
using PrEnv.Sandbox.GitHub.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Endpoints;

/// <summary>Comments of pull requests and the reactions to them: list, read, write, edit, delete.</summary>
internal sealed class CommentEndpoints(GitHubState state, Conversation conversation, Reply reply)
{
    private const string Permission = "issues=write; pull_requests=write";
    private const int MaximumBody = 65_536;

    public void Map(RepositoryRoutes routes)
    {
        routes.Map("GET", "issues/{number:int}/comments", ListAsync);
        routes.Map("POST", "issues/{number:int}/comments", CreateAsync);
        routes.Map("GET", "issues/comments/{id:long}", GetAsync);
        routes.Map("PATCH", "issues/comments/{id:long}", EditAsync);
        routes.Map("DELETE", "issues/comments/{id:long}", DeleteAsync);
        routes.Map("GET", "issues/comments/{id:long}/reactions", ReactionsAsync);
        routes.Map("POST", "issues/comments/{id:long}/reactions", ReactAsync);
    }

    private Task ListAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        var number = Number(context);
        var found = state.Read(repository.Id, record => record.PullRequests.ContainsKey(number)
            ? RepositoryCommentEndpoints.Since(record.Comments.Where(c => c.Number == number), context.Request.Query).ToImmutableArray()
            : default(ImmutableArray<GitHubComment>?));
        if (found is not { } comments)
            return Refusals.NotFoundAsync(context);
        var paging = Paging.Of(context.Request);
        paging.AddLink(context, comments.Length, repository.Id, string.Create(CultureInfo.InvariantCulture, $"issues/{number}/comments"));
        return reply.ConditionalAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var comment in paging.Cut(comments))
                ConversationJson.Write(json, comment, repository, ApiCall.Of(context).BaseUrl);
            json.WriteEndArray();
        });
    }

    private Task GetAsync(HttpContext context, GitHubRepository repository, AccessLevel level) =>
        Find(context, repository) is { } comment
            ? reply.ConditionalAsync(context, json => ConversationJson.Write(json, comment, repository, ApiCall.Of(context).BaseUrl))
            : Refusals.NotFoundAsync(context);

    private async Task CreateAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        if (await JsonBody.WriterAsync(context, level, Permission) is not { } token || await BodyAsync(context) is not { } body)
            return;
        var number = Number(context);
        if (IsLocked(repository, number))
        {
            await Refusals.LockedAsync(context);
            return;
        }

        var comment = state.Change(repository.Id, record =>
            record.PullRequests.ContainsKey(number) ? conversation.Add(record, number, token.Login, body) : null);
        await WriteAsync(context, repository, comment, StatusCodes.Status201Created);
    }

    private async Task EditAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        if (await JsonBody.WriterAsync(context, level, Permission) is null || await BodyAsync(context) is not { } body)
            return;
        var id = Id(context);
        var comment = state.Change(repository.Id, record =>
        {
            var at = record.Comments.FindIndex(c => c.Id == id);
            return at < 0 ? null : record.Comments[at] = record.Comments[at] with { Body = body, UpdatedAt = state.Now };
        });
        await WriteAsync(context, repository, comment, StatusCodes.Status200OK);
    }

    private async Task DeleteAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        if (await JsonBody.WriterAsync(context, level, Permission) is null)
            return;
        var id = Id(context);
        if (state.Change(repository.Id, record => record.Comments.RemoveAll(c => c.Id == id)) == 0)
            await Refusals.NotFoundAsync(context);
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private Task ReactionsAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        if (Find(context, repository) is not { } comment)
            return Refusals.NotFoundAsync(context);
        var content = context.Request.Query["content"].FirstOrDefault();
        ImmutableArray<GitHubReaction> reactions = [.. comment.Reactions.Where(r => content is null || r.Content == content)];
        var paging = Paging.Of(context.Request);
        paging.AddLink(
            context, reactions.Length, repository.Id,
            string.Create(CultureInfo.InvariantCulture, $"issues/comments/{comment.Id}/reactions"));
        return reply.ConditionalAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var reaction in paging.Cut(reactions))
                ConversationJson.Write(json, reaction, ApiCall.Of(context).BaseUrl);
            json.WriteEndArray();
        });
    }

    private async Task ReactAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        if (await JsonBody.WriterAsync(context, level, Permission) is not { } token || await JsonBody.ReadAsync(context) is not { } body)
            return;
        if (body.Text("content") is not { } content || !ConversationJson.IsReaction(content))
        {
            await Refusals.InvalidAsync(context, new FieldError("Reaction", "invalid", "content", Message: null));
            return;
        }

        var id = Id(context);
        if (Find(context, repository) is { } about && IsLocked(repository, about.Number))
        {
            await Refusals.LockedAsync(context);
            return;
        }

        var made = state.Change(repository.Id, record =>
            record.Comments.FindIndex(c => c.Id == id) is var at and >= 0
                ? conversation.React(record, at, token.Login, content)
                : default((GitHubReaction, bool)?));
        if (made is not var (reaction, isNew))
        {
            await Refusals.NotFoundAsync(context);
        }
        else
        {
            await Reply.PlainAsync(
                context, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK,
                json => ConversationJson.Write(json, reaction, ApiCall.Of(context).BaseUrl));
        }
    }

    private bool IsLocked(GitHubRepository repository, int number) =>
        state.Read(repository.Id, record => record.PullRequests.GetValueOrDefault(number)?.IsLocked == true);

    private GitHubComment? Find(HttpContext context, GitHubRepository repository)
    {
        var id = Id(context);
        return state.Read(repository.Id, record => record.Comments.Find(c => c.Id == id));
    }

    private static async Task WriteAsync(HttpContext context, GitHubRepository repository, GitHubComment? comment, int status)
    {
        await (comment is null
            ? Refusals.NotFoundAsync(context)
            : Reply.PlainAsync(context, status, json => ConversationJson.Write(json, comment, repository, ApiCall.Of(context).BaseUrl)));
    }

    private static async Task<string?> BodyAsync(HttpContext context)
    {
        if (await JsonBody.ReadAsync(context) is not { } body)
            return null;
        var text = body.TryGetProperty("body", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        if (text is { Length: > 0 and <= MaximumBody })
            return text;
        await Refusals.InvalidAsync(
            context, new FieldError("IssueComment", text is { Length: > 0 } ? "unprocessable" : "missing_field", "body", Message: null));
        return null;
    }

    private static int Number(HttpContext context) =>
        int.Parse((string)context.Request.RouteValues["number"]!, CultureInfo.InvariantCulture);

    private static long Id(HttpContext context) => long.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);
}
