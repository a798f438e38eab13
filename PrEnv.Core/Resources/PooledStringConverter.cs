using System.Text.Json;
using System.Text.Json.Serialization;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Resources;

/// <summary>Makes equal strings one, for objects of which there are many. For reading only.</summary>
public sealed class PooledStringConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Text(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => throw new NotSupportedException();

    /// <summary>The string or null at the reader's position.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static string? Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null ? null
        : reader.TokenType != JsonTokenType.String ? throw new JsonException("A string was expected.")
        : Pooled(ref reader);

    /// <summary>The string or the name of a property at the reader's position.</summary>
    public static string Pooled(ref Utf8JsonReader reader) =>
        reader.HasValueSequence || reader.ValueIsEscaped ? reader.GetString()! : StringPool.Shared.Get(reader.ValueSpan);
}
