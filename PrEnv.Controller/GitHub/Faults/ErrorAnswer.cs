using System.Text.Json;

namespace PrEnv.Controller.GitHub.Faults;

/// <summary>
/// What the body of an error says. See https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api. Only for choosing a
/// <see cref="GitHubFaultKind"/>: it may quote the request, and is never published.
/// </summary>
/// <param name="Text">GitHub's sentences, one per line. The whole body when it is not GitHub's JSON: a proxy may have written it.</param>
/// <param name="DocumentationUrl">The page that explains the error; empty when there is none.</param>
internal sealed record ErrorAnswer(string Text, string DocumentationUrl)
{
    /// <summary>Reads a body of any kind.</summary>
    public static ErrorAnswer Parse(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? new ErrorAnswer(string.Join('\n', Sentences(json.RootElement)), TextOf(json.RootElement, "documentation_url") ?? "")
                : new ErrorAnswer(body, "");
        }
        catch (JsonException)
        {
            return new ErrorAnswer(body, "");
        }
    }

    // Errors are objects as a rule, and bare sentences in some answers.
    private static IEnumerable<string> Sentences(JsonElement root)
    {
        if (TextOf(root, "message") is { } message)
            yield return message;
        if (!root.TryGetProperty("errors", out var errors) || errors.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (var error in errors.EnumerateArray())
        {
            var text = error.ValueKind == JsonValueKind.String ? error.GetString() : TextOf(error, "message");
            if (text is not null)
                yield return text;
        }
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
