using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Sandbox.GitHub.Http;
using PrEnv.Sandbox.GitHub.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Endpoints;

/// <summary><c>GET /pulls/N/reviews</c> and <c>GET /collaborators/LOGIN/permission</c>.</summary>
internal sealed class ReviewEndpoints(GitHubState state, Reply reply)
{
    public void Map(RepositoryRoutes routes)
    {
        routes.Map("GET", "pulls/{number:int}/reviews", ListAsync);
        routes.Map("GET", "collaborators/{login}/permission", PermissionAsync);
    }

    private Task ListAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        var number = int.Parse((string)context.Request.RouteValues["number"]!, CultureInfo.InvariantCulture);
        var reviews = state.Read(repository.Id, record =>
            record.PullRequests.ContainsKey(number) ? record.ReviewsOf(number).ToImmutableArray() : default(ImmutableArray<GitHubReview>?));
        if (reviews is not { } all)
            return Refusals.NotFoundAsync(context);
        var paging = Paging.Of(context.Request);
        paging.AddLink(context, all.Length, repository.Id, string.Create(CultureInfo.InvariantCulture, $"pulls/{number}/reviews"));
        return reply.ConditionalAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var review in paging.Cut(all))
                ConversationJson.Write(json, review, number, repository, ApiCall.Of(context).BaseUrl);
            json.WriteEndArray();
        });
    }

    // Only who may see the repository may ask; nobody may anonymously.
    private Task PermissionAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        if (ApiCall.Of(context).Token is null)
            return Refusals.NotFoundAsync(context);
        var login = (string)context.Request.RouteValues["login"]!;
        var role = state.Read(repository.Id, record => record.RoleOf(login)) ?? "none";
        return reply.ConditionalAsync(context, json => ConversationJson.WritePermission(json, login, role, ApiCall.Of(context).BaseUrl));
    }
}
