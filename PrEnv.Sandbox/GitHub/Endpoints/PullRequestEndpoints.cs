using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Sandbox.GitHub.Http;
using PrEnv.Sandbox.GitHub.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Endpoints;

/// <summary><c>GET /pulls</c>, <c>GET /pulls/N</c> and <c>GET /pulls/N/files</c>.</summary>
internal sealed class PullRequestEndpoints(GitHubState state, Reply reply)
{
    // https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files
    private const int MostFiles = 3000;

    public void Map(RepositoryRoutes routes)
    {
        routes.Map("GET", "pulls", ListAsync);
        routes.Map("GET", "pulls/{number}", GetAsync);
        routes.Map("GET", "pulls/{number:int}/files", ListFilesAsync);
    }

    private Task ListAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        if (PullRequestQuery.TryRead(context.Request.Query, out var wrongField) is not { } query)
            return Refusals.InvalidAsync(context, new FieldError("PullRequest", "invalid", wrongField, Message: null));
        // The repository is read again: it is embedded, and must be of the same moment as the pull requests.
        var (now, all) = state.Read(repository.Id, record => (record.Info, record.Shown.Values.ToImmutableArray()));
        var selected = query.Select(all.IsDefault ? [] : all);
        var paging = Paging.Of(context.Request);
        paging.AddLink(context, selected.Length, repository.Id, "pulls");
        var renderer = new PullRequestJson(now ?? repository, level, ApiCall.Of(context));
        return reply.ConditionalAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var pullRequest in paging.Cut(selected))
                renderer.Write(json, pullRequest, whole: false);
            json.WriteEndArray();
        });
    }

    private Task GetAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        var text = (string)context.Request.RouteValues["number"]!;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return Refusals.NotFoundAsync(context);
        var (now, found) = state.Read(repository.Id, record => (record.Info, record.Shown.GetValueOrDefault(number)));
        if (found is null)
            return Refusals.NotFoundAsync(context);
        var renderer = new PullRequestJson(now, level, ApiCall.Of(context));
        return reply.ConditionalAsync(context, json => renderer.Write(json, found, whole: true));
    }

    private Task ListFilesAsync(HttpContext context, GitHubRepository repository, AccessLevel level)
    {
        var number = int.Parse((string)context.Request.RouteValues["number"]!, CultureInfo.InvariantCulture);
        if (state.Read(repository.Id, record => record.Shown.GetValueOrDefault(number)) is not { } pullRequest)
            return Refusals.NotFoundAsync(context);
        ImmutableArray<GitHubFile> files = [.. pullRequest.Files.Take(MostFiles)];
        var paging = Paging.Of(context.Request);
        paging.AddLink(context, files.Length, repository.Id, string.Create(CultureInfo.InvariantCulture, $"pulls/{number}/files"));
        return reply.ConditionalAsync(context, json =>
        {
            json.WriteStartArray();
            foreach (var file in paging.Cut(files))
                FileJson.Write(json, file, pullRequest, repository, ApiCall.Of(context).BaseUrl);
            json.WriteEndArray();
        });
    }
}
