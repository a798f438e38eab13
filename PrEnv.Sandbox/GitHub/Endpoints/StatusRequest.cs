using System.Text.Json;
using PrEnv.Sandbox.GitHub.Http;
using PrEnv.Sandbox.GitHub.State;

namespace PrEnv.Sandbox.GitHub.Endpoints;

/// <summary>The body of <c>POST /statuses/SHA</c>, checked as GitHub does.</summary>
internal sealed record StatusRequest(string State, string Context, string? Description, string? TargetUrl)
{
    /// <summary>Statuses per commit and context, without case.</summary>
    public const int MaximumPerContext = 1000;

    private const string Resource = "Status";
    private const int MaximumDescription = 140;
    private static readonly string[] States = ["error", "failure", "pending", "success"];

    /// <summary>A field that is there with another type than a string or null: a sentence for it; null when all are well.</summary>
    public static string? WrongType(JsonElement body)
    {
        if (!body.TryGetProperty("state", out _))
            return "Invalid request.\n\n\"state\" wasn't supplied.";
        foreach (var field in (string[])["state", "context", "description", "target_url"])
        {
            if (body.TryGetProperty(field, out var value) && value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
                return $"Invalid request.\n\nFor 'properties/{field}', {value.GetRawText()} is not a string.";
        }

        return null;
    }

    public static StatusRequest Read(JsonElement body) => new(
        Text(body, "state") ?? "",
        Text(body, "context") is { Length: > 0 } context ? context : PostedStatus.DefaultContext,
        Text(body, "description"),
        Text(body, "target_url") is { Length: > 0 } url ? url : null);

    /// <summary>The first thing that GitHub would not accept; null when there is none.</summary>
    public FieldError? Error()
    {
        if (!States.Contains(State))
            return new FieldError(Resource, "custom", "state", "state is not included in the list");
        if (Description is not null && Description.EnumerateRunes().Count() > MaximumDescription)
        {
            return new FieldError(
                Resource, "custom", "description", $"description is too long (maximum is {MaximumDescription} characters)");
        }

        foreach (var (field, text) in (ReadOnlySpan<(string, string?)>)[
            ("context", Context), ("description", Description), ("target_url", TargetUrl)])
        {
            if (text?.EnumerateRunes().Any(rune => !rune.IsBmp) == true)
                return new FieldError(Resource, "custom", field, $"{field} contains unicode characters above 0xffff");
        }

        return TargetUrl is null || (Uri.TryCreate(TargetUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            ? null
            : new FieldError(Resource, "custom", "target_url", "target_url must use http(s) scheme");
    }

    public static FieldError TooMany { get; } =
        new(Resource, "custom", Field: null, "This SHA and context has reached the maximum number of statuses.");

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) ? value.GetString() : null;
}
