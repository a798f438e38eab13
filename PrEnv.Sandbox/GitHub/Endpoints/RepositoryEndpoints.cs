using PrEnv.Sandbox.GitHub.Http;
using PrEnv.Sandbox.GitHub.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Endpoints;

/// <summary><c>GET /repos/{owner}/{repo}</c> and <c>GET /rate_limit</c>.</summary>
internal sealed class RepositoryEndpoints(Reply reply, RateLimits limits)
{
    public void Map(IEndpointRouteBuilder app, RepositoryRoutes routes)
    {
        routes.Map("GET", "", (context, repository, level) => reply.ConditionalAsync(
            context, json => RepositoryJson.Write(json, repository, level, ApiCall.Of(context).BaseUrl)));
        app.MapGet("/rate_limit", (RequestDelegate)RateLimitAsync);
    }

    private Task RateLimitAsync(HttpContext context)
    {
        var call = ApiCall.Of(context);
        var window = limits.Peek(call.Payer);
        return Reply.PlainAsync(context, StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("resources");
            // Search has a limit of its own; the double offers none of it, so none is used.
            Write(json, "core", window);
            Write(json, "search", window with { Limit = 30, Used = 0 });
            json.WriteEndObject();
            if (call.Version == ApiCall.Version2022)
                Write(json, "rate", window);
            json.WriteEndObject();
        });
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, string name, RateWindow window)
    {
        json.WriteStartObject(name);
        json.WriteNumber("limit", window.Limit);
        json.WriteNumber("used", window.Used);
        json.WriteNumber("remaining", window.Remaining);
        json.WriteNumber("reset", window.ResetAt.ToUnixTimeSeconds());
        json.WriteEndObject();
    }
}
