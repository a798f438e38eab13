using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PrEnv.Sandbox.GitHub.Http;
using PrEnv.Sandbox.GitHub.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Endpoints;

/// <summary>What an App asks about itself: its installations, and tokens for them.</summary>
internal sealed class AppEndpoints(AppBook apps, Reply reply)
{
    private static readonly ImmutableArray<string> Levels = ["read", "write", "admin"];

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/orgs/{owner}/installation", context => FindAsync(context, isOrganization: true));
        app.MapGet("/users/{owner}/installation", context => FindAsync(context, isOrganization: false));
        app.MapGet("/repos/{owner}/{repo}/installation", context => FindAsync(context, isOrganization: null));
        app.MapGet("/app/installations/{id:long}", GetAsync);
        app.MapPost("/app/installations/{id:long}/access_tokens", MintAsync);
    }

    private Task FindAsync(HttpContext context, bool? isOrganization)
    {
        if (ApiCall.Of(context).App is not { } app)
            return Refusals.UnauthorizedAsync(context, AppTokens.NotDecoded);
        var owner = (string)context.Request.RouteValues["owner"]!;
        return apps.Installation(app, owner, isOrganization) is { } installation
            ? Reply.PlainAsync(context, 200, json => AppJson.Write(json, installation, ApiCall.Of(context).BaseUrl))
            : Refusals.NotFoundAsync(context);
    }

    private Task GetAsync(HttpContext context)
    {
        if (ApiCall.Of(context).App is not { } app)
            return Refusals.UnauthorizedAsync(context, AppTokens.NotDecoded);
        return apps.Installation(app, IdOf(context)) is { } installation
            ? reply.ConditionalAsync(context, json => AppJson.Write(json, installation, ApiCall.Of(context).BaseUrl))
            : Refusals.NotFoundAsync(context);
    }

    private async Task MintAsync(HttpContext context)
    {
        if (ApiCall.Of(context).App is not { } app)
        {
            await Refusals.UnauthorizedAsync(context, AppTokens.NotDecoded);
            return;
        }

        if (apps.Installation(app, IdOf(context)) is not { } installation)
            await Refusals.NotFoundAsync(context);
        else if (installation.IsSuspended)
            await Refusals.SuspendedAsync(context);
        else
            await MintAsync(context, installation, await BodyAsync(context));
    }

    private async Task MintAsync(HttpContext context, AppInstallation installation, JsonElement body)
    {
        var asked = Repositories(installation, body);
        var permissions = Permissions(installation, body);
        if (asked?.Contains(null) == true)
        {
            await Refusals.UnprocessableAsync(
                context, "There is at least one repository that does not exist or is not accessible to the parent installation.");
        }
        else if (permissions is null)
        {
            await Refusals.UnprocessableAsync(context, "The permissions requested are not granted to this installation.");
        }
        else
        {
            var token = apps.Mint(installation, asked?.OfType<GitHubRepository>().ToList() ?? [], permissions);
            await Reply.PlainAsync(context, 201, json => AppJson.Write(
                json, token, asked?.OfType<GitHubRepository>().ToList(), ApiCall.Of(context).BaseUrl));
        }
    }

    /// <summary>Null when the token is not narrowed; null among them for one that is not to be had.</summary>
    private List<GitHubRepository?>? Repositories(AppInstallation installation, JsonElement body)
    {
        if (Property(body, "repositories") is { } names)
            return [.. names.EnumerateArray().Select(name => apps.Repository(installation, name.GetString() ?? ""))];
        return Property(body, "repository_ids") is { } ids
            ? [.. ids.EnumerateArray().Select(id => apps.Repository(installation, id.GetInt64()))]
            : null;
    }

    /// <summary>What was asked for; null when that is more than was granted.</summary>
    private static ImmutableSortedDictionary<string, string>? Permissions(AppInstallation installation, JsonElement body)
    {
        if (Property(body, "permissions") is not { } asked)
            return installation.Permissions;
        var wanted = asked.EnumerateObject().ToImmutableSortedDictionary(
            p => p.Name, p => p.Value.GetString() ?? "", StringComparer.Ordinal);
        return wanted.All(p => Levels.IndexOf(installation.Permissions.GetValueOrDefault(p.Key) ?? "") >= Levels.IndexOf(p.Value))
            ? wanted.SetItem("metadata", "read")
            : null;
    }

    private static long IdOf(HttpContext context) => long.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);

    private static JsonElement? Property(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) ? value : null;

    private static async Task<JsonElement> BodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        return JsonSerializer.Deserialize<JsonElement>(text.Length == 0 ? "{}" : text);
    }
}
