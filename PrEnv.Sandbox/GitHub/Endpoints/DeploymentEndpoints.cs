using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PrEnv.Sandbox.GitHub.Http;
using PrEnv.Sandbox.GitHub.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Endpoints;

/// <summary>
/// Deployments and their statuses. A deployment merges nothing here: with <c>auto_merge</c> it is answered as if the branch were up to
/// date.
/// See https://docs.github.com/rest/deployments/deployments.
/// </summary>
internal sealed class DeploymentEndpoints(GitHubState state, Reply reply)
{
    private const string Permission = "deployments=write";
    private static readonly string[] States = ["error", "failure", "inactive", "in_progress", "queued", "pending", "success"];

    public void Map(RepositoryRoutes routes)
    {
        routes.Map("GET", "deployments", ListAsync);
        routes.Map("POST", "deployments", CreateAsync);
        routes.Map("DELETE", "deployments/{id:long}", DeleteAsync);
        routes.Map("GET", "deployments/{id:long}/statuses", StatusesAsync);
        routes.Map("POST", "deployments/{id:long}/statuses", SetAsync);
        routes.Map("DELETE", "environments/{environment}", DeleteEnvironmentAsync);
    }

    private Task ListAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        if (ApiCall.Of(context).Token?.Installation?.Permits("deployments=read") == false)
            return Refusals.ForbiddenAsync(context, "deployments=read");
        var query = context.Request.Query;
        var found = state.Read(repository.Id, record => record.Deployments
            .Where(
                d => Is(query["sha"], d.Sha) && Is(query["ref"], d.Ref) && Is(query["task"], d.Task)
                && Is(query["environment"], d.Environment))
            .Reverse().ToImmutableArray());
        var paging = Paging.Of(context.Request);
        paging.AddLink(context, found.Length, repository.Id, "deployments");
        return reply.ConditionalAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var deployment in paging.Cut(found))
                DeploymentJson.Write(json, deployment, repository, ApiCall.Of(context).BaseUrl);
            json.WriteEndArray();
        });

        static bool Is(string? wanted, string value) => wanted is null || wanted == value;
    }

    private async Task CreateAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        if (await JsonBody.WriterAsync(context, level, Permission) is not { } token || await JsonBody.ReadAsync(context) is not { } body)
            return;
        if (body.Text("ref") is not { Length: > 0 } reference)
        {
            await Refusals.InvalidAsync(context, new FieldError("Deployment", "missing_field", "ref", Message: null));
            return;
        }

        var (deployment, failing) = state.Change(repository.Id, record => Create(record, body, reference, token.Login));
        if (failing is not null)
        {
            await Refusals.ConflictAsync(context, failing);
            return;
        }

        if (deployment is null)
        {
            await Refusals.UnprocessableAsync(context, $"No ref found for: {reference}");
            return;
        }

        await Reply.PlainAsync(
            context, StatusCodes.Status201Created, json => DeploymentJson.Write(json, deployment, repository, ApiCall.Of(context).BaseUrl));
    }

    private (GitHubDeployment? Made, string? Failing) Create(RepositoryRecord record, JsonElement body, string reference, string creator)
    {
        if (record.Resolve(reference) is not { } sha)
            return (null, null);
        // Left out, all checks of the commit have to be green; a list names those that have to; an empty one asks for none.
        var latest = record.StatusesOf(sha).DistinctBy(s => s.Context, StringComparer.OrdinalIgnoreCase);
        var required = body.TryGetProperty("required_contexts", out var contexts) && contexts.ValueKind == JsonValueKind.Array
            ? [.. contexts.EnumerateArray().Select(c => c.GetString() ?? "")]
            : latest.Select(s => s.Context).ToArray();
        if (required.Any(
            context => !latest.Any(s => s.State == "success" && string.Equals(s.Context, context, StringComparison.OrdinalIgnoreCase))))
        {
            return (null, "Conflict: Commit status checks failed for " + reference);
        }

        var environment = body.Text("environment") ?? "production";
        var deployment = new GitHubDeployment
        {
            Id = state.NextId(),
            Sha = sha,
            Ref = reference,
            Environment = environment,
            Task = body.Text("task") ?? "deploy",
            Description = body.Text("description"),
            Payload = body.TryGetProperty("payload", out var payload) ? payload.GetRawText() : "\"\"",
            IsTransient = body.Flag("transient_environment", fallback: false),
            IsProduction = body.Flag("production_environment", environment == "production"),
            Creator = creator,
            CreatedAt = state.Now,
        };
        record.Deployments.Add(deployment);
        record.Environments.Add(environment);
        return (deployment, null);
    }

    private async Task DeleteAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        if (await JsonBody.WriterAsync(context, level, Permission) is null)
            return;
        var id = Id(context);
        var outcome = state.Change(repository.Id, record =>
        {
            if (record.Deployments.Find(d => d.Id == id) is not { } found)
                return StatusCodes.Status404NotFound;
            if (record.Deployments.Count > 1 && found.State != "inactive")
                return StatusCodes.Status422UnprocessableEntity;
            record.Deployments.Remove(found);
            return StatusCodes.Status204NoContent;
        });
        if (outcome == StatusCodes.Status204NoContent)
        {
            context.Response.StatusCode = outcome;
        }
        else if (outcome == StatusCodes.Status404NotFound)
        {
            await Refusals.NotFoundAsync(context);
        }
        else
        {
            await Refusals.UnprocessableAsync(
                context, "We cannot delete an active deployment unless it is the only deployment in a given environment.");
        }
    }

    private async Task DeleteEnvironmentAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        if (await JsonBody.WriterAsync(context, level, "administration=write") is null)
            return;
        var name = (string)context.Request.RouteValues["environment"]!;
        if (state.Change(repository.Id, record => record.Environments.Remove(name)))
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await Refusals.NotFoundAsync(context);
    }

    private Task StatusesAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        var id = Id(context);
        if (state.Read(repository.Id, record => record.Deployments.Find(d => d.Id == id)) is not { } deployment)
            return Refusals.NotFoundAsync(context);
        ImmutableArray<GitHubDeploymentStatus> newestFirst = [.. deployment.Statuses.Reverse()];
        var paging = Paging.Of(context.Request);
        paging.AddLink(
            context, newestFirst.Length, repository.Id, string.Create(CultureInfo.InvariantCulture, $"deployments/{id}/statuses"));
        return reply.ConditionalAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var status in paging.Cut(newestFirst))
                DeploymentJson.Write(json, status, deployment, repository, ApiCall.Of(context).BaseUrl);
            json.WriteEndArray();
        });
    }

    private async Task SetAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        if (await JsonBody.WriterAsync(context, level, Permission) is not { } token || await JsonBody.ReadAsync(context) is not { } body)
            return;
        var description = body.Text("description") ?? "";
        if (body.Text("state") is not { } wanted || !States.Contains(wanted) || description.EnumerateRunes().Count() > 140)
        {
            await Refusals.InvalidAsync(
                context, new FieldError("DeploymentStatus", "invalid", description.Length > 140 ? "description" : "state", Message: null));
            return;
        }

        var id = Id(context);
        var status = new GitHubDeploymentStatus(
            0, wanted, description, body.Text("environment_url") ?? "",
            body.Text("log_url") ?? body.Text("target_url") ?? "", token.Login, state.Now);
        var changed = state.Change(repository.Id, record => Set(record, id, status, body.Flag("auto_inactive", fallback: true)));
        if (changed is null)
        {
            await Refusals.NotFoundAsync(context);
        }
        else
        {
            await Reply.PlainAsync(
                context, StatusCodes.Status201Created,
                json => DeploymentJson.Write(json, changed.Statuses[^1], changed, repository, ApiCall.Of(context).BaseUrl));
        }
    }

    // What came before in the same environment becomes inactive with a success; transient and production environments do not.
    private GitHubDeployment? Set(RepositoryRecord record, long id, GitHubDeploymentStatus status, bool autoInactive)
    {
        var at = record.Deployments.FindIndex(d => d.Id == id);
        if (at < 0)
            return null;
        var deployment = record.Deployments[at] = With(record.Deployments[at], status);
        for (var i = 0; autoInactive && status.State == "success" && i < at; i++)
        {
            if (record.Deployments[i] is { IsTransient: false, IsProduction: false, State: "success" } old
                && old.Environment == deployment.Environment)
            {
                record.Deployments[i] = With(old, status with { State = "inactive" });
            }
        }

        return deployment;

        GitHubDeployment With(GitHubDeployment of, GitHubDeploymentStatus added) =>
            of with { Statuses = of.Statuses.Add(added with { Id = state.NextId() }) };
    }

    private static long Id(HttpContext context) => long.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);
}
