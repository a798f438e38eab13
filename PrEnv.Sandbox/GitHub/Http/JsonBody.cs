using System.Text.Json;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Http;

/// <summary>What every write has in common.</summary>
internal static class JsonBody
{
    /// <summary>
    /// May the caller write? If not, the call is answered: 404 for a classic token, 403 with the permission for a fine-grained one.
    /// </summary>
    public static async Task<AccessToken?> WriterAsync(HttpContext context, AccessLevel level, string permission)
    {
        var token = ApiCall.Of(context).Token;
        var mayWrite = token?.Installation is { } grant
            ? level != AccessLevel.None && grant.Permits(permission)
            : level == AccessLevel.Push;
        if (token is not null && mayWrite)
            return token;
        await (token?.Kind is TokenKind.FineGrained or TokenKind.Installation
            ? Refusals.ForbiddenAsync(context, permission)
            : Refusals.NotFoundAsync(context));
        return null;
    }

    /// <summary>Null when it was refused. The content type is not looked at: GitHub takes JSON under any.</summary>
    public static async Task<JsonElement?> ReadAsync(HttpContext context)
    {
        try
        {
            var body = await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, cancellationToken: context.RequestAborted);
            if (body.ValueKind == JsonValueKind.Object)
                return body;
            await Refusals.BadRequestAsync(context, "Body should be a JSON object");
        }
        catch (JsonException)
        {
            await Refusals.BadRequestAsync(context, "Problems parsing JSON");
        }

        return null;
    }

    /// <summary>
    /// A text; null when it is missing or null. Throws <see cref="InvalidOperationException"/> when it is of another type.
    /// </summary>
    public static string? Text(this JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetString() : null;

    public static bool Flag(this JsonElement body, string name, bool fallback) =>
        body.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : fallback;
}
