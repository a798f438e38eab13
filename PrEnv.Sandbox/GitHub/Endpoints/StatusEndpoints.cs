using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Sandbox.GitHub.Http;
using PrEnv.Sandbox.GitHub.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Endpoints;

/// <summary><c>POST /statuses/SHA</c>, <c>GET /commits/REF/statuses</c> and the combined <c>GET /commits/REF/status</c>.</summary>
internal sealed class StatusEndpoints(GitHubState state, Reply reply)
{
    private readonly CheckEndpoints _checks = new(state, reply);

    public void Map(RepositoryRoutes routes)
    {
        routes.Map("POST", "statuses/{sha}", CreateAsync);
        // A reference may hold slashes.
        routes.Map("GET", "commits/{**rest}", CommitAsync);
    }

    private async Task CreateAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        if (await JsonBody.WriterAsync(context, level, "statuses=write") is not { } token)
            return;
        if (await ReadBodyAsync(context) is not { } request)
            return;
        var sha = (string)context.Request.RouteValues["sha"]!;
        var (posted, error) = state.Change(repository.Id, record => Post(record, sha, request, token.Login));
        if (posted is not null)
        {
            context.Response.Headers.Location = StatusJson.UrlOf(repository, sha, ApiCall.Of(context).BaseUrl);
            await Reply.PlainAsync(context, StatusCodes.Status201Created, json =>
                StatusJson.Write(json, posted, repository, ApiCall.Of(context).BaseUrl, withCreator: true));
        }
        else if (error is not null)
        {
            await Refusals.InvalidAsync(context, error);
        }
        else
        {
            await Refusals.UnprocessableAsync(context, $"No commit found for SHA: {sha}");
        }
    }

    private (PostedStatus? Posted, FieldError? Error) Post(RepositoryRecord record, string sha, StatusRequest request, string creator)
    {
        if (!record.HasCommit(sha))
            return (null, null);
        if (record.CountStatuses(sha, request.Context) >= StatusRequest.MaximumPerContext)
            return (null, StatusRequest.TooMany);
        var posted = new PostedStatus(
            state.NextId(), sha, request.State, request.Context, request.Description, request.TargetUrl, creator, state.Now);
        record.Add(posted);
        return (posted, null);
    }

    /// <summary>
    /// Null when it was refused. The content type is not looked at: GitHub takes JSON under any, and Octokit relies on that.
    /// </summary>
    private static async Task<StatusRequest?> ReadBodyAsync(HttpContext context)
    {
        JsonElement body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted);
        }
        catch (JsonException)
        {
            await Refusals.BadRequestAsync(context, "Problems parsing JSON");
            return null;
        }

        if (body.ValueKind != JsonValueKind.Object)
        {
            await Refusals.BadRequestAsync(context, "Body should be a JSON object");
            return null;
        }

        if (StatusRequest.WrongType(body) is { } wrong)
        {
            await Refusals.UnprocessableAsync(context, wrong);
            return null;
        }

        var request = StatusRequest.Read(body);
        if (request.Error() is not { } error)
            return request;
        await Refusals.InvalidAsync(context, error);
        return null;
    }

    private Task CommitAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        var rest = (string)context.Request.RouteValues["rest"]!;
        var cut = rest.LastIndexOf('/');
        var what = rest[(cut + 1)..];
        if (cut < 0 || what is not ("status" or "statuses" or "check-runs"))
            return Refusals.NotFoundAsync(context);
        var reference = rest[..cut];
        if (what == "check-runs")
            return _checks.ListAsync(context, repository, state.Read(repository.Id, record => record.Resolve(reference)), reference);
        var (sha, statuses) = state.Read(repository.Id, record =>
            record.Resolve(reference) is { } found ? (found, record.StatusesOf(found)) : (null, []));
        return (what, sha) switch
        {
            ("status", null) => Refusals.NotFoundAsync(context),
            ("status", _) => CombinedAsync(context, repository, level, sha, statuses),
            (_, null) => Refusals.UnprocessableAsync(context, $"No commit found for SHA: {reference}"),
            _ => ListAsync(context, repository, rest, statuses),
        };
    }

    private Task ListAsync(HttpContext context, GitHubRepository repository, string rest, ImmutableArray<PostedStatus> newestFirst)
    {
        var paging = Paging.Of(context.Request);
        paging.AddLink(context, newestFirst.Length, repository.Id, $"commits/{rest}");
        return reply.ConditionalAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var status in paging.Cut(newestFirst))
                StatusJson.Write(json, status, repository, ApiCall.Of(context).BaseUrl, withCreator: true);
            json.WriteEndArray();
        });
    }

    private Task CombinedAsync(
        HttpContext context, GitHubRepository repository, AccessLevel level, string sha, ImmutableArray<PostedStatus> newestFirst)
    {
        var latest = newestFirst.DistinctBy(status => status.Context, StringComparer.OrdinalIgnoreCase).ToImmutableArray();
        var baseUrl = ApiCall.Of(context).BaseUrl;
        var commitUrl = $"{RepositoryJson.UrlOf(repository, baseUrl)}/commits/{sha}";
        var paging = Paging.Of(context.Request);
        paging.AddLink(context, latest.Length, repository.Id, $"commits/{sha}/status");
        return reply.ConditionalAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteString("state", Combine(latest));
            json.WriteString("sha", sha);
            json.WriteNumber("total_count", latest.Length);
            json.WriteString("commit_url", commitUrl);
            json.WriteString("url", commitUrl + "/status");
            json.WriteStartArray("statuses");
            foreach (var status in paging.Cut(latest))
                StatusJson.Write(json, status, repository, baseUrl, withCreator: false);
            json.WriteEndArray();
            json.WritePropertyName("repository");
            RepositoryJson.Write(json, repository, level, baseUrl);
            json.WriteEndObject();
        });
    }

    private static string Combine(ImmutableArray<PostedStatus> latest)
    {
        if (latest.Any(status => status.State is "error" or "failure"))
            return "failure";
        return latest.IsEmpty || latest.Any(status => status.State == "pending") ? "pending" : "success";
    }
}
