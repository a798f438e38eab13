using System.Text.Json;
using System.Text.Json.Serialization;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Watching;

/// <summary>
/// The models' JSON as it is read into a store: equal strings are shared, and only those labels and annotations are read that
/// <see cref="Trimming"/> keeps. For reading only.
/// </summary>
internal static class WatchedJson
{
    // Five labels and four annotations of our own.
    private const int UsualCount = 5;

    public static ResourceJson Default { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new PooledStringConverter(), new KeptNamesConverter() },
    });

    /// <summary>
    /// The entries to keep of the object that the reader is in; null when there are none. Leaves the reader at the object's end.
    /// </summary>
    /// <exception cref="JsonException">A value to keep is not a string.</exception>
    public static IReadOnlyDictionary<string, string>? KeptNames(ref Utf8JsonReader reader)
    {
        Dictionary<string, string>? kept = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = PooledStringConverter.Pooled(ref reader);
            reader.Read();
            if (Trimming.IsKept(name) && PooledStringConverter.Text(ref reader) is { } value)
                (kept ??= new Dictionary<string, string>(UsualCount, StringComparer.Ordinal))[name] = value;
            else
                reader.Skip();
        }

        return kept;
    }

    private sealed class KeptNamesConverter : JsonConverter<IReadOnlyDictionary<string, string>>
    {
        public override IReadOnlyDictionary<string, string>? Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.StartObject
                ? WatchedJson.KeptNames(ref reader)
                : throw new JsonException("A map was expected.");

        public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options) =>
            throw new NotSupportedException();
    }
}
