using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Http;

/// <summary>
/// One entry of a 422. See https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed.
/// </summary>
internal sealed record FieldError(string Resource, string Code, string? Field, string? Message);

/// <summary>GitHub's refusals, word for word as far as they are known.</summary>
internal static class Refusals
{
    private const string Documentation = "https://docs.github.com/rest";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static Task NotFoundAsync(HttpContext context) => WriteAsync(context, 404, "Not Found");

    public static Task UnauthorizedAsync(HttpContext context, string message) => WriteAsync(context, 401, message);

    public static Task SuspendedAsync(HttpContext context) => WriteAsync(context, 403, "This installation has been suspended");

    public static Task ArchivedAsync(HttpContext context) => WriteAsync(context, 403, "Repository was archived so is read-only.");

    public static Task LockedAsync(HttpContext context) =>
        WriteAsync(context, 403, "Unable to create comment because issue is locked.");

    public static Task ForbiddenAsync(HttpContext context, string permission)
    {
        context.Response.Headers["x-accepted-github-permissions"] = permission;
        return WriteAsync(
            context, 403,
            ApiCall.Of(context).Token?.Kind == TokenKind.Installation
                ? "Resource not accessible by integration"
                : "Resource not accessible by personal access token");
    }

    public static Task BadRequestAsync(HttpContext context, string message) => WriteAsync(context, 400, message);

    public static Task ConflictAsync(HttpContext context, string message) => WriteAsync(context, 409, message);

    public static Task UnprocessableAsync(HttpContext context, string message) => WriteAsync(context, 422, message);

    public static Task InvalidAsync(HttpContext context, params FieldError[] errors) =>
        WriteAsync(context, 422, "Validation Failed", errors: errors);

    public static Task PrimaryLimitAsync(HttpContext context, int status)
    {
        var message = ApiCall.Of(context).Token is { } token
            ? $"API rate limit exceeded for user {token.Login}."
            : "API rate limit exceeded for 127.0.0.1. (But here's the good news: Authenticated requests get a higher rate limit.)";
        return WriteAsync(context, status, message);
    }

    public static Task SecondaryLimitAsync(HttpContext context, int status, TimeSpan? retryAfter)
    {
        if (retryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return WriteAsync(context, status, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.");
    }

    public static Task MovedAsync(HttpContext context, string location)
    {
        // A GET may become another GET; anything else must keep its method and body.
        var permanent = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        context.Response.Headers.Location = location;
        return WriteAsync(context, permanent ? 301 : 307, permanent ? "Moved Permanently" : "Temporary Redirect", location);
    }

    private static Task WriteAsync(
        HttpContext context, int status, string message, string? url = null, IReadOnlyList<FieldError>? errors = null)
    {
        context.Response.StatusCode = status;
        var body = new
        {
            Message = message,
            Url = url,
            Errors = errors,
            DocumentationUrl = Documentation,
            Status = status.ToString(CultureInfo.InvariantCulture),
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, Json);
        return Reply.BytesAsync(context, bytes);
    }
}
