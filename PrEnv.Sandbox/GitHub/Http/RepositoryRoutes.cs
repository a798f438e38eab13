using System.Globalization;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Http;

/// <summary>A call on a repository that the caller may see.</summary>
internal delegate Task RepositoryHandler(HttpContext context, GitHubRepository repository, AccessLevel level);

/// <summary>Finds the repository of a call, by name or by id, before the handler sees it.</summary>
internal sealed class RepositoryRoutes(IEndpointRouteBuilder app, GitHubState state)
{
    /// <summary>Maps <c>/repos/{owner}/{repo}/…</c> and its alias <c>/repositories/{id}/…</c>.</summary>
    public void Map(string method, string below, RepositoryHandler handler)
    {
        var suffix = below.Length == 0 ? "" : "/" + below;
        RepositoryHandler guarded = HttpMethods.IsGet(method)
            ? handler
            : (context, repository, level) =>
                repository.IsArchived ? Refusals.ArchivedAsync(context) : handler(context, repository, level);
        app.MapMethods("/repos/{owner}/{repo}" + suffix, [method], context => ByNameAsync(context, suffix, guarded));
        app.MapMethods("/repositories/{repositoryId:long}" + suffix, [method], context => ByIdAsync(context, guarded));
    }

    private Task ByNameAsync(HttpContext context, string suffix, RepositoryHandler handler)
    {
        var owner = (string)context.Request.RouteValues["owner"]!;
        var name = (string)context.Request.RouteValues["repo"]!;
        if (state.Find(owner, name) is not { } repository || LevelOf(context, repository) is not { } level)
            return Refusals.NotFoundAsync(context);
        return string.Equals(repository.FullName, $"{owner}/{name}", StringComparison.OrdinalIgnoreCase)
            ? handler(context, repository, level)
            : Refusals.MovedAsync(context, NewLocation(context, repository, suffix));
    }

    private Task ByIdAsync(HttpContext context, RepositoryHandler handler)
    {
        var id = long.Parse((string)context.Request.RouteValues["repositoryId"]!, CultureInfo.InvariantCulture);
        return state.Find(id) is { } repository && LevelOf(context, repository) is { } level
            ? handler(context, repository, level)
            : Refusals.NotFoundAsync(context);
    }

    /// <summary>Null for a private repository without access: GitHub hides that it exists.</summary>
    private static AccessLevel? LevelOf(HttpContext context, GitHubRepository repository) =>
        AccessToken.For(ApiCall.Of(context).Token, repository) is var level and not AccessLevel.None ? level : null;

    private static string NewLocation(HttpContext context, GitHubRepository repository, string suffix)
    {
        // What follows /repos/{owner}/{repo} in the path as it was sent.
        var below = suffix.Length == 0 ? "" : "/" + string.Join('/', context.Request.Path.Value!.Split('/').Skip(4));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ApiCall.Of(context).BaseUrl}/repositories/{repository.Id}{below}{context.Request.QueryString}");
    }
}
