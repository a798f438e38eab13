using System.Text;
using System.Text.Json;

namespace PrEnv.Tests.Fuzz;

/// <summary>
/// Changes valid JSON in some places: drops, repeats, renames and retypes, with values that parsers stumble over, and sometimes below JSON:
/// truncated, with bytes that are not UTF-8, with a byte order mark.
/// </summary>
internal sealed class JsonMutator
{
    private const int Depth = 200;
    private const int Huge = 100_000;

    // What a parser of JSON, of numbers, of times or of text may not expect. The last are not JSON.
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1.5", "1e400", "2147483648", "9223372036854775808", "99999999999999999999999999", "\"\"",
        "\" \"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u202e\"", "\"\\r\\nX-Header: 1\"", "\"../..\"",
        "\"<<PR_TITLE>>\"", "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01T00:00:00+14:00\"", "[]", "{}", "[null]", "[[]]",
        "{\"\":null}", "{\"a\":1,\"a\":2}", "{\"\\ud800\":1}", "01", "+1", "NaN", "'a'", "\"\\x\"", "\"", "[", "}", "",
    ];

    private readonly Random _random;
    private readonly double _chance;
    private readonly StringBuilder _text = new();

    private JsonMutator(Random random, double chance) => (_random, _chance) = (random, chance);

    public static byte[] Mutate(string sample, Random random)
    {
        using var document = JsonDocument.Parse(sample);
        var mutator = new JsonMutator(random, (1 + random.Next(3)) / (double)Count(document.RootElement));
        mutator.Write(document.RootElement);
        return Below(Encoding.UTF8.GetBytes(mutator._text.ToString()), random);
    }

    private static int Count(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => 1 + element.EnumerateObject().Sum(p => Count(p.Value)),
        JsonValueKind.Array => 1 + element.EnumerateArray().Sum(Count),
        _ => 1,
    };

    private static byte[] Below(byte[] json, Random random)
    {
        switch (random.Next(20))
        {
            case 0:
                return json[..random.Next(json.Length + 1)];
            case 1 when json.Length > 0:
                json[random.Next(json.Length)] = (byte)random.Next(256);
                return json;
            case 2:
                return [0xEF, 0xBB, 0xBF, .. json];
            case 3:
                return [.. json, .. json];
            default:
                return json;
        }
    }

    private void Write(JsonElement element)
    {
        if (Happens())
        {
            WriteAnother(element);
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                _text.Append('{');
                WriteAll(element.EnumerateObject().SelectMany(Times), WriteProperty);
                _text.Append('}');
                break;
            case JsonValueKind.Array:
                _text.Append('[');
                WriteAll(element.EnumerateArray().SelectMany(Times), Write);
                _text.Append(']');
                break;
            default:
                _text.Append(element.GetRawText());
                break;
        }
    }

    private void WriteAnother(JsonElement element)
    {
        switch (_random.Next(10))
        {
            case 0:
                _text.Append('[', Depth).Append(']', Depth);
                break;
            case 1:
                _text.Append('"').Append((char)('a' + _random.Next(26)), Huge).Append('"');
                break;
            case 2:
                // The right value of the wrong type.
                _text.Append(element.ValueKind == JsonValueKind.String ? $"[{element.GetRawText()}]" : $"\"{element.ValueKind}\"");
                break;
            default:
                _text.Append(Values[_random.Next(Values.Length)]);
                break;
        }
    }

    private void WriteProperty(JsonProperty property)
    {
        _text.Append(Happens() ? _random.Next(2) == 0 ? "\"\\ud800\"" : "\"\"" : JsonSerializer.Serialize(property.Name)).Append(':');
        Write(property.Value);
    }

    private IEnumerable<T> Times<T>(T item) => Enumerable.Repeat(item, Happens() ? _random.Next(2) * 2 : 1);

    private void WriteAll<T>(IEnumerable<T> items, Action<T> write)
    {
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
                _text.Append(',');
            isFirst = false;
            write(item);
        }
    }

    private bool Happens() => _random.NextDouble() < _chance;
}
