using System.Text.Json;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Watching;

/// <summary>
/// Reads objects in the form that every server sends, and reports anything else: the serialiser then handles what is <see cref="Odd"/>.
/// After
/// <see cref="Next"/> every value must be read or skipped.
/// </summary>
internal ref struct JsonCursor
{
    private readonly ReadOnlySpan<byte> _json;
    private Utf8JsonReader _reader;

    public JsonCursor(ReadOnlySpan<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json, JsonDepth.Reading);
    }

    /// <summary>Something did not have the requested kind. What was read must not be used.</summary>
    public bool Odd { get; private set; }

    /// <summary>Enters an object. False for null, too.</summary>
    public bool Enter() => Expect(JsonTokenType.StartObject);

    /// <summary>Enters an array. False for null, too.</summary>
    public bool EnterArray() => Expect(JsonTokenType.StartArray);

    /// <summary>Goes to the next property of the object; false at its end.</summary>
    public bool Next() => _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes into the next object of the array; false at its end.</summary>
    public bool NextItem()
    {
        if (_reader.Read() && _reader.TokenType == JsonTokenType.StartObject)
            return true;
        Odd |= _reader.TokenType != JsonTokenType.EndArray;
        return false;
    }

    /// <summary>Is this the current property's name?</summary>
    public readonly bool Is(ReadOnlySpan<byte> name) => _reader.ValueTextEquals(name);

    public string? Text() => Expect(JsonTokenType.String) ? PooledStringConverter.Text(ref _reader) : null;

    public long Number()
    {
        var value = 0L;
        Odd |= !_reader.Read() || _reader.TokenType != JsonTokenType.Number || !_reader.TryGetInt64(out value);
        return value;
    }

    public DateTimeOffset Time()
    {
        var value = default(DateTimeOffset);
        Odd |= !_reader.Read() || _reader.TokenType != JsonTokenType.String || !_reader.TryGetDateTimeOffset(out value);
        return value;
    }

    public bool? Flag()
    {
        _reader.Read();
        Odd |= _reader.TokenType is not (JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null);
        return _reader.TokenType == JsonTokenType.Null ? null : _reader.TokenType == JsonTokenType.True;
    }

    public IReadOnlyDictionary<string, string>? KeptNames() =>
        Expect(JsonTokenType.StartObject) ? WatchedJson.KeptNames(ref _reader) : null;

    public string[]? Texts()
    {
        if (!EnterArray())
            return null;
        var texts = new List<string>();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.String)
            texts.Add(PooledStringConverter.Text(ref _reader)!);
        Odd |= _reader.TokenType != JsonTokenType.EndArray;
        return [.. texts];
    }

    /// <summary>An object as it stands; empty for null.</summary>
    public ReadOnlySpan<byte> RawObject()
    {
        if (!Expect(JsonTokenType.StartObject))
            return default;
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        return _json[start..(int)_reader.BytesConsumed];
    }

    public void Skip()
    {
        _reader.Read();
        _reader.Skip();
    }

    /// <summary>True when nothing is left over and nothing was odd.</summary>
    public bool IsSound() => !Odd && _reader.CurrentDepth == 0 && !_reader.Read();

    private bool Expect(JsonTokenType type)
    {
        _reader.Read();
        Odd |= _reader.TokenType != type && _reader.TokenType != JsonTokenType.Null;
        return _reader.TokenType == type;
    }
}
