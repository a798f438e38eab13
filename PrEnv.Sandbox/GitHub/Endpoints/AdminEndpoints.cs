using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using PrEnv.Sandbox.GitHub.Faults;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Endpoints;

/// <summary>
/// What people do on GitHub, and what tests and demos ask of the double, over HTTP. JSON in and out, no token needed, no rate limit.
/// <code>
/// POST   /_sandbox/repositories                      {"owner":"o","name":"r","private":false,"id":1}
/// DELETE /_sandbox/repositories/o/r
/// POST   /_sandbox/repositories/o/r/rename           {"owner":"o2","name":"r2"}: the old name redirects
/// POST   /_sandbox/tokens                            {"token":"t","login":"bot","kind":"Classic|FineGrained",
///                                                     "grants":[{"owner":"o","name":"r","level":"Read|Push"}]}
/// DELETE /_sandbox/tokens/t
/// POST   /_sandbox/repositories/o/r/pulls            {"number":22,"title":"","branch":"","sha":"","author":"","baseBranch":"",
///                                                     "forkOwner":null,"headRepositoryDeleted":false,"draft":false,
///                                                     "labels":[],"files":["README.md"]}: all optional
/// GET    /_sandbox/repositories/o/r/pulls/22
/// PATCH  /_sandbox/repositories/o/r/pulls/22         {"title":"","draft":true,"labels":[],"headRepositoryDeleted":true,
///                                                     "locked":true,"files":[]}: all optional
/// POST   /_sandbox/repositories/o/r/pulls/22/push    {"sha":"…","files":[]}: both optional
/// POST   /_sandbox/repositories/o/r/pulls/22/close   also: merge, reopen
/// POST   /_sandbox/repositories/o/r/pulls/22/reviews {"reviewer":"mona","verdict":"APPROVED|CHANGES_REQUESTED|COMMENTED","sha":"…"}:
///                                                     without sha the present head
/// POST   /_sandbox/repositories/o/r/pulls/22/reviews/7/dismiss
/// POST   /_sandbox/repositories/o/r/pulls/22/comments {"author":"mona","body":"/prenv rebuild"}; GET lists them
/// DELETE /_sandbox/repositories/o/r/comments/7
/// PUT    /_sandbox/repositories/o/r/archived        {"archived":true}
/// POST   /_sandbox/repositories/o/r/statuses        {"sha":"…","context":"c","count":1000}: as if they had been posted
/// POST   /_sandbox/repositories/o/r/checks          {"sha":"…","name":"build","conclusion":"success","app":"github-actions"}: begins a
///                                                     check without a conclusion; without one that runs, another attempt
/// POST   /_sandbox/repositories/o/r/contexts        {"sha":"…","context":"ci/build","state":"success"}: another tool's commit status
/// PUT    /_sandbox/repositories/o/r/lag             {"behind":true}: the API shows the pull requests of this moment until false
/// PUT    /_sandbox/repositories/o/r/roles/mona      {"role":"admin|maintain|write|triage|read|none"}
/// GET    /_sandbox/repositories/o/r/deployments     what was deployed, oldest first, with its states
/// GET    /_sandbox/repositories/o/r/statuses?sha=…   what was posted, oldest first, with times
/// POST   /_sandbox/repositories/o/r/webhooks         {"url":"http://127.0.0.1:9292/webhooks/github","secret":"s"}
/// GET    /_sandbox/deliveries                        of all webhooks, with the receivers' answers
/// POST   /_sandbox/deliveries/{id}                   the same once more
/// GET    /_sandbox/requests                          counters: charged, uncharged, by method and route; DELETE resets
/// GET    /_sandbox/requests/entries                  one by one
/// PUT    /_sandbox/rate-limit                        {"token":"t","remaining":0,"resetSeconds":60}
/// POST   /_sandbox/faults                            {"method":"GET","path":"/pulls$","page":2,"perPage":100,"skip":0,"times":1,
///                                                     "effect":{"kind":"answer","status":500}}; DELETE disarms
/// </code>
/// The kinds of effects and their fields are those of <see cref="FaultEffect"/>; <c>"times":null</c> strikes for ever.
/// </summary>
internal sealed class AdminEndpoints(GitHubServer server)
{
    public const string Root = "/_sandbox";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        WriteIndented = true,
        AllowOutOfOrderMetadataProperties = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public void Map(IEndpointRouteBuilder routes)
    {
        var root = routes.MapGroup(Root);
        MapRepositories(root);
        MapPullRequests(root.MapGroup("/repositories/{owner}/{name}/pulls"));
        MapConversation(root.MapGroup("/repositories/{owner}/{name}"));
        MapChecks(root.MapGroup("/repositories/{owner}/{name}"));
        MapObservations(root);
        MapWebhooks(root);
        MapTrouble(root);
        root.MapFallback("/{**path}", context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    private void MapRepositories(RouteGroupBuilder root)
    {
        On(root, "POST", "/repositories", async context =>
        {
            var body = await BodyAsync<CreateRepositoryRequest>(context);
            return server.CreateRepository(body.Owner, body.Name, body.Private, body.Id);
        });
        On(root, "DELETE", "/repositories/{owner}/{name}", context =>
        {
            server.DeleteRepository(Owner(context), Name(context));
            return Nothing;
        });
        On(root, "POST", "/repositories/{owner}/{name}/rename", async context =>
        {
            var body = await BodyAsync<RenameRequest>(context);
            return server.RenameRepository(Owner(context), Name(context), body.Owner ?? Owner(context), body.Name ?? Name(context));
        });
        On(root, "POST", "/tokens", async context =>
        {
            var body = await BodyAsync<TokenRequest>(context);
            server.AddToken(body.Token, body.Login, body.Kind);
            foreach (var grant in body.Grants ?? [])
                server.Grant(body.Token, grant.Owner, grant.Name, grant.Level);
            return null;
        });
        On(root, "DELETE", "/tokens/{token}", context =>
        {
            server.RevokeToken(Value(context, "token"));
            return Nothing;
        });
    }

    private void MapPullRequests(RouteGroupBuilder pulls)
    {
        On(pulls, "POST", "", async context =>
            server.OpenPullRequest(Owner(context), Name(context), await BodyAsync<NewPullRequest>(context)));
        On(pulls, "GET", "/{number:int}", context =>
            Task.FromResult<object?>(server.FindPullRequest(Owner(context), Name(context), Number(context))));
        On(pulls, "PATCH", "/{number:int}", async context =>
        {
            var body = await BodyAsync<ChangePullRequest>(context);
            return server.Update(Owner(context), Name(context), Number(context), pr => pr with
            {
                Title = body.Title ?? pr.Title,
                IsDraft = body.Draft ?? pr.IsDraft,
                Labels = body.Labels is { } labels ? [.. labels] : pr.Labels,
                HeadRepositoryDeleted = body.HeadRepositoryDeleted ?? pr.HeadRepositoryDeleted,
                IsLocked = body.Locked ?? pr.IsLocked,
                Files = body.Files is { } files ? [.. files.Select(path => new GitHubFile(path))] : pr.Files,
            });
        });
        On(pulls, "POST", "/{number:int}/push", async context =>
        {
            var body = await BodyAsync<PushRequest>(context);
            return server.Push(Owner(context), Name(context), Number(context), body.Sha, body.Files);
        });
        On(pulls, "POST", "/{number:int}/close", context =>
            Task.FromResult<object?>(server.Close(Owner(context), Name(context), Number(context))));
        On(pulls, "POST", "/{number:int}/merge", context =>
            Task.FromResult<object?>(server.Merge(Owner(context), Name(context), Number(context))));
        On(pulls, "POST", "/{number:int}/reopen", context =>
            Task.FromResult<object?>(server.Reopen(Owner(context), Name(context), Number(context))));
    }

    private void MapConversation(RouteGroupBuilder repository)
    {
        On(repository, "POST", "/pulls/{number:int}/reviews", async context =>
        {
            var body = await BodyAsync<ReviewRequest>(context);
            return server.Review(Owner(context), Name(context), Number(context), body.Reviewer, body.Verdict, body.Sha);
        });
        On(repository, "POST", "/pulls/{number:int}/reviews/{id:long}/dismiss", context => Task.FromResult<object?>(
            server.DismissReview(Owner(context), Name(context), Number(context), Id(context))));
        On(repository, "POST", "/pulls/{number:int}/comments", async context =>
        {
            var body = await BodyAsync<CommentRequest>(context);
            return server.Comment(Owner(context), Name(context), Number(context), body.Author, body.Body);
        });
        On(repository, "GET", "/pulls/{number:int}/comments", context => Task.FromResult<object?>(
            server.Comments(Owner(context), Name(context), Number(context))));
        On(repository, "DELETE", "/comments/{id:long}", context =>
        {
            server.DeleteComment(Owner(context), Name(context), Id(context));
            return Nothing;
        });
        On(repository, "PUT", "/roles/{login}", async context =>
        {
            var body = await BodyAsync<RoleRequest>(context);
            server.SetRole(Owner(context), Name(context), Value(context, "login"), body.Role);
            return null;
        });
        On(repository, "PUT", "/archived", async context =>
        {
            server.SetArchived(Owner(context), Name(context), (await BodyAsync<ArchivedRequest>(context)).Archived);
            return null;
        });
        On(repository, "POST", "/statuses", async context =>
        {
            var body = await BodyAsync<StatusesRequest>(context);
            server.AddStatuses(Owner(context), Name(context), body.Sha, body.Context, body.Count);
            return null;
        });
        On(repository, "PUT", "/lag", async context =>
        {
            server.LagBehind(Owner(context), Name(context), (await BodyAsync<LagRequest>(context)).Behind);
            return null;
        });
        On(repository, "GET", "/deployments", context => Task.FromResult<object?>(server.Deployments(Owner(context), Name(context))));
    }

    private void MapChecks(RouteGroupBuilder repository)
    {
        On(repository, "POST", "/checks", async context =>
        {
            var body = await BodyAsync<CheckRequest>(context);
            return server.RunCheck(Owner(context), Name(context), body.Sha, body.Name, body.Conclusion, body.App);
        });
        On(repository, "POST", "/contexts", async context =>
        {
            var body = await BodyAsync<ContextRequest>(context);
            return server.PostStatus(Owner(context), Name(context), body.Sha, body.Context, body.State);
        });
    }

    private void MapObservations(RouteGroupBuilder root)
    {
        On(root, "GET", "/repositories/{owner}/{name}/statuses", context => Task.FromResult<object?>(
            server.Statuses(Owner(context), Name(context), context.Request.Query["sha"].FirstOrDefault())));
        On(root, "GET", "/requests", _ => Task.FromResult<object?>(server.Requests.Counters));
        On(root, "GET", "/requests/entries", _ => Task.FromResult<object?>(server.Requests.Entries));
        On(root, "DELETE", "/requests", _ =>
        {
            server.Requests.Reset();
            return Nothing;
        });
    }

    private void MapWebhooks(RouteGroupBuilder root)
    {
        On(root, "POST", "/repositories/{owner}/{name}/webhooks", async context =>
        {
            var body = await BodyAsync<WebhookRequest>(context);
            server.AddWebhook(Owner(context), Name(context), body.Url, body.Secret);
            return null;
        });
        On(root, "GET", "/deliveries", _ => Task.FromResult<object?>(server.Deliveries));
        On(root, "POST", "/deliveries/{id:guid}", context =>
        {
            server.Redeliver(Guid.Parse(Value(context, "id")));
            return Nothing;
        });
    }

    private void MapTrouble(RouteGroupBuilder root)
    {
        On(root, "PUT", "/rate-limit", async context =>
        {
            var body = await BodyAsync<RateLimitRequest>(context);
            server.SetRateLimit(body.Token, body.Remaining, TimeSpan.FromSeconds(body.ResetSeconds));
            return null;
        });
        On(root, "POST", "/faults", async context =>
        {
            server.Faults.Add(await BodyAsync<FaultRule>(context));
            return null;
        });
        On(root, "DELETE", "/faults", _ =>
        {
            server.Faults.Clear();
            return Nothing;
        });
    }

    private static Task<object?> Nothing => Task.FromResult<object?>(null);

    /// <summary>200 with the result, 204 without one, 400 with a sentence for what cannot be done.</summary>
    private static void On(RouteGroupBuilder routes, string method, string pattern, Func<HttpContext, Task<object?>> act) =>
        routes.MapMethods(pattern, [method], async context =>
        {
            try
            {
                if (await act(context) is { } result)
                    await context.Response.WriteAsJsonAsync(result, Json, context.RequestAborted);
                else
                    context.Response.StatusCode = StatusCodes.Status204NoContent;
            }
            catch (Exception refused) when (refused is InvalidOperationException or JsonException)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                await context.Response.WriteAsJsonAsync(new { refused.Message }, Json, context.RequestAborted);
            }
        });

    /// <summary>No body is an empty object.</summary>
    private static async Task<T> BodyAsync<T>(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        return JsonSerializer.Deserialize<T>(text.Length == 0 ? "{}" : text, Json)
            ?? throw new JsonException("The body must be a JSON object.");
    }

    private static string Owner(HttpContext context) => Value(context, "owner");

    private static string Name(HttpContext context) => Value(context, "name");

    private static int Number(HttpContext context) => int.Parse(Value(context, "number"), CultureInfo.InvariantCulture);

    private static long Id(HttpContext context) => long.Parse(Value(context, "id"), CultureInfo.InvariantCulture);

    private static string Value(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;
}
