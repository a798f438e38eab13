using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PrEnv.Sandbox.ControlPlane;

/// <summary>Reads YAML as an API server does: as JSON, with plain scalars typed by the core schema of YAML 1.2.</summary>
internal static class YamlDocuments
{
    /// <summary>The documents of a text, in order, without the empty ones.</summary>
    public static IEnumerable<JsonObject> Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return stream.Documents.Select(d => ToJson(d.RootNode)).OfType<JsonObject>();
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Select(c => KeyValuePair.Create(Key(c.Key), ToJson(c.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => PlainScalar(scalar.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new NotSupportedException($"YAML node of type {node.NodeType}"),
    };

    private static string Key(YamlNode key) => ((YamlScalarNode)key).Value!;

    private static JsonValue? PlainScalar(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => JsonValue.Create(value: true),
        "false" => JsonValue.Create(value: false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) =>
            JsonValue.Create(integer),
        _ when IsDecimal(text, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    // double.TryParse also takes words ("Infinity", "NaN"), which are strings here.
    private static bool IsDecimal(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number)
        && !char.IsLetter(text[^1]);
}
