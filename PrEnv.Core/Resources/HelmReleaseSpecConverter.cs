using System.Text.Json;
using System.Text.Json.Serialization;

namespace PrEnv.Core.Resources;

/// <summary>Reads and writes the text itself.</summary>
internal sealed class HelmReleaseSpecConverter : JsonConverter<HelmReleaseSpec>
{
    public override HelmReleaseSpec? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("An object was expected.");
        return new HelmReleaseSpec(JsonText.ReadRaw(ref reader));
    }

    public override void Write(Utf8JsonWriter writer, HelmReleaseSpec value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json, skipInputValidation: true);
}
