using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Pages;

/// <summary>Serves the page, its JSON and the badge. Everything is read-only, and comes from this process.</summary>
/// <param name="catalog">What is shown.</param>
/// <param name="isReady">Are the caches filled?</param>
/// <param name="changes">What tells of changes.</param>
/// <param name="streams">Serves the events.</param>
/// <param name="time">The clock.</param>
internal sealed class PageRoutes(Catalog catalog, Func<bool> isReady, PageChanges changes, EventStreams streams, TimeProvider time)
{
    private const string Html = "text/html; charset=utf-8";

    // No script and no style but our own, no other host, no frame: what a pull request's title could smuggle in would have no effect.
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; frame-ancestors 'none'; "
        + "base-uri 'none'; form-action 'self'";

    private const string Starting = "The caches are being filled. This takes a few seconds.";

    private const string NotFound = "There is no such environment. Its pull request may have been closed since.";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public void Map(IEndpointRouteBuilder routes)
    {
        Get("/", OverviewAsync);
        Get("/environments/{namespace}/{resource}/{number}", EnvironmentAsync);
        Get("/api/environments", OverviewJsonAsync);
        Get("/api/environments/{namespace}/{resource}/{number}", EnvironmentJsonAsync);
        Get("/badge/{namespace}/{resource}/{number}.svg", BadgeAsync);
        Get("/events", streams.HandleAsync);
        Get("/assets/{name}", AssetAsync);
        routes.Map("/{**path}", (RequestDelegate)(context => SecuredAsync(context, OtherAsync)));

        void Get(string pattern, RequestDelegate handle) =>
            routes.MapMethods(pattern, Reading, (RequestDelegate)(context => SecuredAsync(context, handle)));
    }

    private static Task SecuredAsync(HttpContext context, RequestDelegate handle)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        return handle(context);
    }

    private Task OverviewAsync(HttpContext context)
    {
        if (!isReady())
            return StartingAsync(context);
        var overview = catalog.Overview();
        var filter = OverviewFilter.Of(context.Request.Query);
        return PageAsync(context, overview.Version, view => OverviewPage.Write(view, overview, filter, catalog.IsOfFollower));
    }

    private Task EnvironmentAsync(HttpContext context)
    {
        if (!isReady())
            return StartingAsync(context);
        var version = changes.Version;
        if (Find(context, catalog.Details) is { } details)
            return PageAsync(context, details.Version, view => EnvironmentPage.Write(view, details));
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return PageAsync(context, version, view => MessagePage.Write(view, "Not found", NotFound));
    }

    private Task OverviewJsonAsync(HttpContext context)
    {
        if (!isReady())
            return StartingJsonAsync(context);
        var overview = catalog.Overview();
        var shown = OverviewFilter.Of(context.Request.Query).Apply(overview.Environments);
        return JsonAsync(context, new OverviewJson(overview.Resources, shown), PageJson.Default.OverviewJson);
    }

    private Task EnvironmentJsonAsync(HttpContext context)
    {
        if (!isReady())
            return StartingJsonAsync(context);
        if (Find(context, catalog.Details) is { } details)
            return JsonAsync(context, EnvironmentJson.Of(details), PageJson.Default.EnvironmentJson);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return JsonAsync(context, new ErrorJson(NotFound), PageJson.Default.ErrorJson);
    }

    private async Task BadgeAsync(HttpContext context)
    {
        var phase = isReady() ? Find(context, catalog.Phase) : null;
        if (phase is null)
            context.Response.StatusCode = isReady() ? StatusCodes.Status404NotFound : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "image/svg+xml";
        Badge.Write(new HtmlWriter(context.Response.BodyWriter), phase ?? Badge.None);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static async Task AssetAsync(HttpContext context)
    {
        if (Assets.Find((string)context.Request.RouteValues["name"]!) is not { } file)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // Its address changes with its content.
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.ContentType = file.Type;
        context.Response.ContentLength = file.Content.Length;
        await context.Response.BodyWriter.WriteAsync(file.Content, context.RequestAborted);
    }

    private Task OtherAsync(HttpContext context)
    {
        var isReading = Reading.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase);
        context.Response.StatusCode = isReading ? StatusCodes.Status404NotFound : StatusCodes.Status405MethodNotAllowed;
        if (!isReading)
            context.Response.Headers.Allow = string.Join(", ", Reading);
        return PageAsync(context, changes.Version, view => MessagePage.Write(
            view, isReading ? "Not found" : "Not allowed", isReading ? "There is no such page." : "This page is read-only."));
    }

    private Task StartingAsync(HttpContext context)
    {
        SayStarting(context.Response);
        // Browsers load it once more, without a script as well.
        context.Response.Headers["Refresh"] = "2";
        return PageAsync(context, changes.Version, view => MessagePage.Write(view, "Starting", Starting));
    }

    private static Task StartingJsonAsync(HttpContext context)
    {
        SayStarting(context.Response);
        return JsonAsync(context, new ErrorJson(Starting), PageJson.Default.ErrorJson);
    }

    private static void SayStarting(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = "2";
    }

    private static T? Find<T>(HttpContext context, Func<ResourceKey, int, T?> find)
        where T : class
    {
        var values = context.Request.RouteValues;
        return int.TryParse((string?)values["number"], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? find(new ResourceKey((string)values["namespace"]!, (string)values["resource"]!), number)
            : null;
    }

    // The version was read before what is shown: what has changed since is told by an event.
    private async Task PageAsync(HttpContext context, string version, Action<View> write)
    {
        context.Response.ContentType = Html;
        var html = new HtmlWriter(context.Response.BodyWriter);
        write(new View(html, View.RootOf(context.Request.Path.Value ?? "/"), version, time.GetUtcNow()));
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static Task JsonAsync<T>(HttpContext context, T value, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(context.Response.BodyWriter.AsStream(), value, type, context.RequestAborted);
    }
}
