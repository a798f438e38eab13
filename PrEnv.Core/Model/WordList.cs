using System.Text.Json;
using System.Text.Json.Serialization;

namespace PrEnv.Core.Model;

/// <summary>The words that stand for an enum's values in JSON, each for one value.</summary>
internal sealed class WordList<T>(params (T Value, string Word)[] pairs)
    where T : struct, Enum
{
    private readonly Dictionary<T, string> _words = pairs.ToDictionary(p => p.Value, p => p.Word);

    private readonly Dictionary<string, T> _values = pairs.ToDictionary(p => p.Word, p => p.Value, StringComparer.Ordinal);

    public string this[T value] => _words[value];

    public T? Find(string? word) => word is not null && _values.TryGetValue(word, out var value) ? value : null;
}

/// <summary>Writes an enum as its word. Reading a text that is not in the list is a <see cref="JsonException"/>.</summary>
internal abstract class WordConverter<T>(WordList<T> words) : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && words.Find(reader.GetString()) is { } value ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(words[value]);
}
