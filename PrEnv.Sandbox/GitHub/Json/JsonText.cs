using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PrEnv.Sandbox.GitHub.Json;

/// <summary>How GitHub writes values.</summary>
internal static class JsonText
{
    /// <summary>Whole seconds in UTC.</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } value)
            json.WriteString(name, value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        else
            json.WriteNull(name);
    }

    public static void WriteNodeId(this Utf8JsonWriter json, string kind, long id) =>
        json.WriteString(
            "node_id", Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{kind}{id}"))));
}
