using PrEnv.Sandbox.GitHub.Http;
using PrEnv.Sandbox.GitHub.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Endpoints;

/// <summary><c>GET /commits/REF/check-runs</c>, which <see cref="StatusEndpoints"/> routes here.</summary>
internal sealed class CheckEndpoints(GitHubState state, Reply reply)
{
    /// <param name="context">The call.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="sha">The commit that the reference resolves to; null when there is none.</param>
    /// <param name="reference">As it was asked for.</param>
    public Task ListAsync(HttpContext context, GitHubRepository repository, string? sha, string reference)
    {
        // Public repositories show them to everybody; GitHub's pages offer no such permission for a fine-grained token.
        if (repository.IsPrivate && ApiCall.Of(context).Token is { } token
            && (token.Kind == TokenKind.FineGrained || token.Installation?.Permits("checks=read") == false))
        {
            return Refusals.ForbiddenAsync(context, "checks=read");
        }

        if (sha is null)
            return Refusals.UnprocessableAsync(context, $"No commit found for SHA: {reference}");
        var query = context.Request.Query;
        var isLatest = query["filter"].FirstOrDefault() != "all";
        var named = query["check_name"].FirstOrDefault();
        var runs = state.Read(repository.Id, record => record.CheckRuns.Where(r => r.Sha == sha).Reverse().ToArray())!
            .Where(r => named is null || r.Name == named);
        GitHubCheckRun[] selected = [.. isLatest ? runs.DistinctBy(r => (r.App, r.Name)) : runs];
        var paging = Paging.Of(context.Request);
        paging.AddLink(context, selected.Length, repository.Id, $"commits/{reference}/check-runs");
        var baseUrl = ApiCall.Of(context).BaseUrl;
        return reply.ConditionalAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("total_count", selected.Length);
            json.WriteStartArray("check_runs");
            foreach (var run in paging.Cut(selected))
                CheckRunJson.Write(json, run, repository, baseUrl);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
