using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Kubernetes.Watching;

/// <summary>Reads the usual form faster than the serialiser; null for anything else.</summary>
internal delegate T? QuickReader<out T>(ReadOnlySpan<byte> json)
    where T : class;

/// <summary>
/// Decodes one object at a time, so that one which does not fit the model (a CRD's schema may allow what the model cannot hold) affects
/// only itself. It is logged by name, never by content.
/// </summary>
internal sealed class ObjectDecoder<T>(
    JsonTypeInfo<T> type, Func<T, T> trim, string plural, ILogger logger, QuickReader<T>? quick = null)
    where T : class, IClusterObject
{
    private const string NoName = "an object without a name";

    /// <summary>The object and its version; both null when not even its metadata can be read.</summary>
    public (T? Object, string? ResourceVersion) Decode(in ReadOnlySequence<byte> json)
    {
        if (DecodeQuickly(json) is { } usual)
            return (usual, usual.Metadata.ResourceVersion);
        try
        {
            var reader = new Utf8JsonReader(json, JsonDepth.Reading);
            if (JsonSerializer.Deserialize(ref reader, type) is { } decoded && !string.IsNullOrEmpty(decoded.Metadata.Name))
                return (trim(decoded), decoded.Metadata.ResourceVersion);
        }
        catch (JsonException e)
        {
            var metadata = DecodeMetadata(json);
            Log.Undecodable(logger, plural, metadata?.Key ?? NoName, e.Path ?? "$");
            return (null, metadata?.Metadata?.ResourceVersion);
        }

        Log.Undecodable(logger, plural, NoName, "$.metadata.name");
        return (null, null);
    }

    /// <summary>The object when it has the usual form and is the whole of this text; null proves nothing.</summary>
    public T? DecodeQuickly(in ReadOnlySequence<byte> json)
    {
        if (quick is null)
            return null;
        if (json.IsSingleSegment)
            return DecodeQuickly(json.FirstSpan);
        var length = (int)json.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            json.CopyTo(buffer);
            return DecodeQuickly(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private T? DecodeQuickly(ReadOnlySpan<byte> json) =>
        quick!(json) is { } decoded && decoded.Metadata.Name.Length > 0 ? trim(decoded) : null;

    /// <summary>Name and version alone; null when they cannot be read.</summary>
    public static MetadataOnly? DecodeMetadata(in ReadOnlySequence<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, JsonDepth.Reading);
            return JsonSerializer.Deserialize(ref reader, ApiJson.Default.MetadataOnly);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
