using System.Runtime.InteropServices;
using System.Text.Json;

namespace PrEnv.Core.Resources;

/// <summary>Reads pieces of JSON that others have written.</summary>
internal static class JsonText
{
    /// <summary>A string; null if it holds half a surrogate pair, which JSON's grammar allows and a string cannot hold.</summary>
    public static string? Read(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A property's name; null if it holds half a surrogate pair.</summary>
    public static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// A property of an object; null if it is missing, or if a name beside it holds half a surrogate pair.
    /// </summary>
    public static JsonElement? Find(JsonElement parent, string name)
    {
        try
        {
            return parent.TryGetProperty(name, out var found) ? found : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The value at the reader's position as it is written; leaves the reader at its end.</summary>
    public static byte[] ReadRaw(ref Utf8JsonReader reader)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return JsonMarshal.GetRawUtf8Value(document.RootElement).ToArray();
    }
}
