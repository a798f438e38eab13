using System.Buffers;
using System.Text.Json;
using PrEnv.Core.Model;

namespace PrEnv.Core.Planning;

/// <summary>The two values that every chart gets.</summary>
/// <param name="PrNumber">Null when it is missing or no integer.</param>
/// <param name="PrSha">Null when it is missing or no string.</param>
public readonly record struct ReleaseValues(int? PrNumber, string? PrSha)
{
    /// <summary><see cref="PrSha"/> when it is the name of a commit; anybody who may edit the release can write anything there.</summary>
    public string? Commit => Sha.IsCommit(PrSha) ? PrSha : null;

    /// <summary>Reads them from a release's values.</summary>
    public static ReleaseValues Read(JsonElement? values)
    {
        if (values is not { ValueKind: JsonValueKind.Object } given) return default;
        try
        {
            return Of(given);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, in a name or a text: JSON's grammar lets it pass, and a string cannot hold it.
            return default;
        }
    }

    /// <summary>The values of a release.</summary>
    public static JsonElement Write(int prNumber, string prSha)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("prNumber", prNumber);
            json.WriteString("prSHA", prSha);
            json.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static ReleaseValues Of(JsonElement given)
    {
        var number = given.TryGetProperty("prNumber", out var n) && n.ValueKind == JsonValueKind.Number && n.TryGetInt32(out var parsed)
            ? parsed
            : (int?)null;
        var sha = given.TryGetProperty("prSHA", out var s) && s.ValueKind == JsonValueKind.String ? s.GetString() : null;
        return new ReleaseValues(number, sha);
    }
}
