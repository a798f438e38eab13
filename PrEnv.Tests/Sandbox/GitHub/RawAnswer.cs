using System.Text.Json;

namespace PrEnv.Tests.Sandbox.GitHub;

/// <summary>An answer, read to its end.</summary>
internal sealed record RawAnswer(int Status, HttpResponseMessage Message, string Text)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? Header(string name) =>
        Message.Headers.TryGetValues(name, out var values) || Message.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    /// <summary>The URL of that relation in <c>Link</c>; null without one.</summary>
    public string? Link(string relation) => Header("link")?
        .Split(", ")
        .Where(link => link.EndsWith($"rel=\"{relation}\"", StringComparison.Ordinal))
        .Select(link => link[1..link.IndexOf('>', StringComparison.Ordinal)])
        .SingleOrDefault();
}
