using System.Buffers;
using System.Net;
using System.Text.Json;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Watching;

/// <summary>Turns a line of a watch into an event.</summary>
internal sealed class WatchLineDecoder<T>(ObjectDecoder<T> objects)
    where T : class, IClusterObject
{
    private const int LongestStart = 32;

    private static readonly (WatchEventType Type, byte[] Text)[] UsualStarts =
    [
        (WatchEventType.Modified, [.. """{"type":"MODIFIED","object":"""u8]),
        (WatchEventType.Added, [.. """{"type":"ADDED","object":"""u8]),
        (WatchEventType.Deleted, [.. """{"type":"DELETED","object":"""u8]),
    ];

    /// <summary>
    /// The event; null for an unknown type. A line that is not JSON becomes an error: its event is lost, and
    /// only a new watch from the last version can deliver it again.
    /// </summary>
    public WatchEvent<T>? Decode(in ReadOnlySequence<byte> line)
    {
        try
        {
            if (DecodeUsual(line) is { } usual)
                return usual;
            var (type, json) = Split(line);
            return type switch
            {
                "ADDED" => Change(WatchEventType.Added, json),
                "MODIFIED" => Change(WatchEventType.Modified, json),
                "DELETED" => Change(WatchEventType.Deleted, json),
                "BOOKMARK" => Bookmark(json),
                "ERROR" => Error(json),
                null => Unreadable(),
                _ => null,
            };
        }
        catch (JsonException)
        {
            return Unreadable();
        }
    }

    private WatchEvent<T> Change(WatchEventType type, in ReadOnlySequence<byte> json)
    {
        var (decoded, version) = objects.Decode(json);
        return new WatchEvent<T>(type, decoded, version);
    }

    private static WatchEvent<T> Bookmark(in ReadOnlySequence<byte> json)
    {
        var bookmark = ObjectDecoder<T>.DecodeMetadata(json);
        return new WatchEvent<T>(
            WatchEventType.Bookmark, null, bookmark?.Metadata?.ResourceVersion, InitialEventsEnd: bookmark?.EndsInitialEvents == true);
    }

    private static WatchEvent<T> Error(in ReadOnlySequence<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        var body = JsonSerializer.Deserialize(ref reader, ApiJson.Default.StatusBody);
        return body is null
            ? Unreadable()
            : Failure(ApiFailures.FromBody(body, (int)HttpStatusCode.InternalServerError));
    }

    private static WatchEvent<T> Unreadable() => Failure(
        new ApiStatus((int)HttpStatusCode.InternalServerError, "UnreadableAnswer", "A line of the watch could not be read."));

    private static WatchEvent<T> Failure(ApiStatus status) => new(WatchEventType.Error, null, null, status);

    // Every server writes {"type":"MODIFIED","object":{...}}, so there is no need to search for the object. Whether what is cut out is one
    // object is for its reader to check.
    private WatchEvent<T>? DecodeUsual(in ReadOnlySequence<byte> line)
    {
        Span<byte> start = stackalloc byte[LongestStart];
        start = start[..(int)Math.Min(LongestStart, line.Length)];
        line.Slice(0, start.Length).CopyTo(start);
        foreach (var (type, text) in UsualStarts)
        {
            if (start.StartsWith(text))
            {
                return objects.DecodeQuickly(line.Slice(text.Length, line.Length - text.Length - 1)) is { } decoded
                    ? new WatchEvent<T>(type, decoded, decoded.Metadata.ResourceVersion)
                    : null;
            }
        }

        return null;
    }

    // The object is not decoded before its type is known, regardless of their order in the line.
    private static (string? Type, ReadOnlySequence<byte> Object) Split(in ReadOnlySequence<byte> line)
    {
        string? type = null;
        var json = ReadOnlySequence<byte>.Empty;
        var reader = new Utf8JsonReader(line, JsonDepth.Reading);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            if (isType)
                type = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;

            var start = reader.TokenStartIndex;
            reader.Skip();
            if (isObject)
                json = line.Slice(start, reader.BytesConsumed - start);
        }

        return json.IsEmpty ? (null, json) : (type, json);
    }
}
