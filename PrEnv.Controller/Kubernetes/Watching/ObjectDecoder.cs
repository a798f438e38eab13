using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Model;

namespace PrEnv.Controller.Kubernetes.Watching;

/// <summary>
/// Decodes one object at a time, so that one which does not fit the model (a CRD's schema may allow what the model cannot hold) costs
/// itself only. It is logged by name, never by content.
/// </summary>
internal sealed class ObjectDecoder<T>(JsonTypeInfo<T> type, Func<T, T> trim, string plural, ILogger logger)
    where T : class, IClusterObject
{
    private const string NoName = "an object without a name";

    /// <summary>The object and its version; both null when not even its metadata can be read.</summary>
    public (T? Object, string? ResourceVersion) Decode(in ReadOnlySequence<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (JsonSerializer.Deserialize(ref reader, type) is { } decoded && !string.IsNullOrEmpty(decoded.Metadata.Name))
            {
                return (trim(decoded), decoded.Metadata.ResourceVersion);
            }
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

    /// <summary>Name and version alone; null when they cannot be read.</summary>
    public static MetadataOnly? DecodeMetadata(in ReadOnlySequence<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return JsonSerializer.Deserialize(ref reader, ApiJson.Default.MetadataOnly);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
