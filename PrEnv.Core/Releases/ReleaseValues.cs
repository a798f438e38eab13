using System.Buffers;
using System.Text.Json;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Releases;

/// <summary>The two values that every chart gets.</summary>
/// <param name="PrNumber">Null if it is missing or not an integer.</param>
/// <param name="PrSha">Null if it is missing or not a string.</param>
public readonly record struct ReleaseValues(int? PrNumber, string? PrSha)
{
    /// <summary><see cref="PrSha"/> if it is the name of a commit; anyone who may edit the release can write anything there.</summary>
    public string? Commit => Sha.IsCommit(PrSha) ? PrSha : null;

    /// <summary>Reads them from a release's spec; values that are missing are null, as all are without a spec.</summary>
    public static ReleaseValues Read(HelmReleaseSpec? spec)
    {
        try
        {
            return Of(spec?.ValuesText);
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            // Half a surrogate pair in a name or a text: JSON's grammar allows it, but a string cannot hold it.
            return default;
        }
    }

    /// <summary>The values of a release, as JSON in UTF-8.</summary>
    public static byte[] Write(int prNumber, string prSha)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("prNumber", prNumber);
            json.WriteString("prSHA", prSha);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    // Read as text, because this runs for every release at every check.
    private static ReleaseValues Of(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (json.IsEmpty || !reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return default;
        var values = default(ReleaseValues);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isNumber, isSha) = (reader.ValueTextEquals("prNumber"u8), reader.ValueTextEquals("prSHA"u8));
            reader.Read();
            if (isNumber)
            {
                values = values with
                {
                    PrNumber = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : null,
                };
            }

            if (isSha)
                values = values with { PrSha = reader.TokenType == JsonTokenType.String ? reader.GetString() : null };
            reader.Skip();
        }

        return values;
    }
}
