using System.Globalization;

namespace PrEnv.Sandbox.GitHub.Http;

/// <summary>
/// A page of a listing and its <c>Link</c> header.
/// See https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api.
/// </summary>
internal sealed record Paging(int Page, int PerPage)
{
    private const int Default = 30;
    private const int Maximum = 100;

    /// <summary>Nonsense counts as absent, and too many as the maximum: GitHub refuses neither.</summary>
    public static Paging Of(HttpRequest request)
    {
        var page = Number(request.Query["page"]);
        var perPage = Number(request.Query["per_page"]);
        return new Paging(page < 1 ? 1 : page, perPage < 1 ? Default : Math.Min(perPage, Maximum));
    }

    public IEnumerable<T> Cut<T>(IEnumerable<T> all) => all.Skip((int)Math.Min(int.MaxValue, (Page - 1L) * PerPage)).Take(PerPage);

    /// <summary>Adds <c>Link</c>, unless everything is on one page. The URLs bear the repository's id, so they survive a rename.</summary>
    public void AddLink(HttpContext context, int total, long repositoryId, string pathBelowRepository)
    {
        var last = (total + PerPage - 1) / PerPage;
        if (last <= 1)
            return;
        var root = string.Create(
            CultureInfo.InvariantCulture, $"{ApiCall.Of(context).BaseUrl}/repositories/{repositoryId}/{pathBelowRepository}");
        var links = new List<string>(4);
        if (Page > 1)
            links.Add(Link(context.Request, root, Math.Min(Page - 1, last), "prev"));
        if (Page < last)
        {
            links.Add(Link(context.Request, root, Page + 1, "next"));
            links.Add(Link(context.Request, root, last, "last"));
        }

        if (Page > 1)
            links.Add(Link(context.Request, root, 1, "first"));
        context.Response.Headers.Link = string.Join(", ", links);
    }

    private static string Link(HttpRequest request, string root, int page, string relation)
    {
        var number = page.ToString(CultureInfo.InvariantCulture);
        var kept = request.Query.Where(pair => pair.Key != "page").SelectMany(pair => pair.Value, (pair, value) =>
            KeyValuePair.Create(pair.Key, value));
        var query = QueryString.Create(kept.Append(KeyValuePair.Create("page", (string?)number)));
        return $"<{root}{query}>; rel=\"{relation}\"";
    }

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
