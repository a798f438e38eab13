using System.Text.Json;

namespace PrEnv.Core.Releases;

/// <summary>A field that differs from what it should be.</summary>
/// <param name="Path">Such as <c>spec.values.prSHA</c>.</param>
/// <param name="Before">Its value; null: it is missing.</param>
/// <param name="After">The value that it should have; null: none, it is to be removed.</param>
public sealed record FieldChange(string Path, JsonElement? Before, JsonElement? After)
{
    /// <summary>Of a text.</summary>
    internal static FieldChange OfText(string path, string? before, string? after) => new(path, Element(before), Element(after));

    private static JsonElement? Element(string? text) =>
        text is null ? null : JsonSerializer.SerializeToElement(text, Resources.ResourceJson.Default.String);
}
