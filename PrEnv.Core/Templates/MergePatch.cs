using System.Text.Json;
using System.Text.Json.Nodes;

namespace PrEnv.Core.Templates;

/// <summary>JSON merge patch, RFC 7386: objects are merged, null removes, everything else replaces.</summary>
internal static class MergePatch
{
    /// <summary>Changes the target. The patch is an object.</summary>
    public static void Apply(JsonObject target, JsonElement patch)
    {
        foreach (var property in patch.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null)
                target.Remove(property.Name);
            else if (property.Value.ValueKind != JsonValueKind.Object)
                target[property.Name] = JsonNode.Parse(property.Value.GetRawText());
            else
                Apply(ObjectIn(target, property.Name), property.Value);
        }
    }

    /// <summary>The same object, nulls included, to be changed.</summary>
    public static JsonObject Copy(JsonElement source)
    {
        var copy = new JsonObject();
        foreach (var property in source.EnumerateObject())
        {
            copy[property.Name] = property.Value.ValueKind == JsonValueKind.Object
                ? Copy(property.Value)
                : JsonNode.Parse(property.Value.GetRawText());
        }

        return copy;
    }

    private static JsonObject ObjectIn(JsonObject target, string name)
    {
        if (target[name] is not JsonObject inner)
            target[name] = inner = [];
        return inner;
    }
}
