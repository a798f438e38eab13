using System.Globalization;
using System.Text;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Http;

/// <summary>
/// What GitHub looks at before the request itself: the user agent, the version of the API, the token, the rate limits.
/// It also puts GitHub's headers on every answer.
/// </summary>
internal sealed class ApiGate(
    GitHubState state, AppTokens apps, RateLimits limits, SecondaryLimiter? secondary, Func<HttpRequest, string> baseUrl)
{
    private const string RateLimitPath = "/rate_limit";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var call = new ApiCall { BaseUrl = baseUrl(context.Request) };
        context.Features.Set(call);
        context.Response.OnStarting(() =>
        {
            AddHeaders(context, call);
            return Task.CompletedTask;
        });

        if (context.Request.Headers.UserAgent.Count == 0)
            await RefuseWithoutUserAgentAsync(context);
        else if (!TrySelectVersion(context.Request, call))
            await Refusals.BadRequestAsync(context, "The API version that was asked for is not supported.");
        else if (TryAuthenticate(context.Request, call) is { } refusal)
            await RefuseTokenAsync(context, call, refusal);
        else if (!TryCharge(context.Request, call))
            await Refusals.PrimaryLimitAsync(context, StatusCodes.Status403Forbidden);
        else if (secondary?.Admit(call.Payer, IsWrite(context.Request)) is { } wait)
            await Refusals.SecondaryLimitAsync(context, secondary.Status, wait);
        else if (context.Request.Path.Value is { Length: > 1 } path && path.EndsWith('/'))
            await Refusals.NotFoundAsync(context);
        else
            await next(context);
    }

    private static bool IsWrite(HttpRequest request) => !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    private static async Task RefuseWithoutUserAgentAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(
            "Request forbidden by administrative rules. Please make sure your request has a User-Agent header.\r\n",
            context.RequestAborted);
    }

    private static bool TrySelectVersion(HttpRequest request, ApiCall call)
    {
        if (!request.Headers.TryGetValue("X-GitHub-Api-Version", out var asked))
            return true;
        if (asked != ApiCall.Version2022 && asked != ApiCall.Version2026)
            return false;
        call.Version = asked.ToString();
        return true;
    }

    /// <summary>Null when the token is believed, or there is none; else GitHub's words.</summary>
    private string? TryAuthenticate(HttpRequest request, ApiCall call)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return null;
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var (scheme, value) = space < 0 ? (header, "") : (header[..space], header[(space + 1)..].Trim());
        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) && AppTokens.IsJwt(value))
        {
            (call.App, var refusal) = apps.Verify(value);
            return refusal;
        }

        call.Token = scheme.ToUpperInvariant() switch
        {
            "TOKEN" or "BEARER" => state.FindToken(value),
            "BASIC" => state.FindToken(PasswordOf(value)),
            _ => null,
        };
        return call.Token is null ? "Bad credentials" : null;
    }

    private static string PasswordOf(string basic)
    {
        var bytes = new byte[basic.Length];
        if (!Convert.TryFromBase64String(basic, bytes, out var length))
            return "";
        var pair = Encoding.UTF8.GetString(bytes.AsSpan(0, length));
        return pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>A wrong token is answered from everybody's bucket; once that is empty, it is a rate limit.</summary>
    private Task RefuseTokenAsync(HttpContext context, ApiCall call, string refusal) => TryCharge(context.Request, call)
        ? Refusals.UnauthorizedAsync(context, refusal)
        : Refusals.PrimaryLimitAsync(context, StatusCodes.Status403Forbidden);

    private bool TryCharge(HttpRequest request, ApiCall call)
    {
        if (request.Path == RateLimitPath)
            return true;
        call.Charged = limits.TryCharge(call.Payer);
        return call.Charged;
    }

    private void AddHeaders(HttpContext context, ApiCall call)
    {
        var headers = context.Response.Headers;
        var window = limits.Peek(call.Payer);
        var now = state.Now;
        // A fault may have set its own.
        headers.TryAdd("x-ratelimit-limit", Text(window.Limit));
        headers.TryAdd("x-ratelimit-remaining", Text(window.Remaining));
        headers.TryAdd("x-ratelimit-used", Text(window.Used));
        headers.TryAdd("x-ratelimit-reset", Text(window.ResetAt.ToUnixTimeSeconds()));
        headers.TryAdd("x-ratelimit-resource", "core");
        headers.TryAdd("x-github-api-version-selected", call.Version);
        headers.TryAdd("x-github-request-id", context.TraceIdentifier);
        headers.TryAdd("Date", now.ToString("R", CultureInfo.InvariantCulture));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
