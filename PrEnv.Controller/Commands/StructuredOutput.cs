using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;
using YamlDotNet.Serialization;

namespace PrEnv.Controller.Commands;

/// <summary>Output for programs.</summary>
internal static class StructuredOutput
{
    public const string Json = "json";
    public const string Yaml = "yaml";

    private static readonly ISerializer YamlWriter = new SerializerBuilder().WithQuotingNecessaryStrings().Build();

    /// <summary>Indented JSON, or the same as YAML; it ends with a line break.</summary>
    public static async Task WriteAsync<T>(TextWriter output, string format, T value, JsonTypeInfo<T> type)
    {
        var element = JsonSerializer.SerializeToElement(value, type);
        await output.WriteAsync(format == Yaml ? YamlWriter.Serialize(Plain(element)!) : Indented(element) + "\n");
    }

    private static string Indented(JsonElement element)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, MaxDepth = JsonDepth.Max }))
            element.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    // YAML keeps characters that change how a terminal shows the rest; JSON escapes them by itself.
    private static string Visible(string text) =>
        Ascii.IsValid(text) ? text : string.Concat(text.EnumerateRunes().Select(rune => IsHidden(rune) ? Escaped(rune) : rune.ToString()));

    // Control characters are YAML's own business.
    private static bool IsHidden(Rune rune) => VisibleText.IsInvisible(rune) && !Rune.IsControl(rune);

    private static string Escaped(Rune rune) => string.Concat(
        rune.ToString().Select(unit => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}")));

    private static object? Plain(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject()
            .GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => Plain(g.Last().Value), StringComparer.Ordinal),
        JsonValueKind.Array => element.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.String => Visible(element.GetString()!),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? whole
            : double.Parse(element.GetRawText(), CultureInfo.InvariantCulture),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };
}
