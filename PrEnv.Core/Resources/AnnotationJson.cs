using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PrEnv.Core.Resources;

/// <summary>JSON in annotations, which anyone with access can edit.</summary>
internal static class AnnotationJson
{
    /// <summary>Reads an annotation; null if it is missing or not valid.</summary>
    public static T? Read<T>(HelmRelease release, string annotation, JsonTypeInfo<T> type)
        where T : class
    {
        if (release.Metadata.Annotation(annotation) is not { } text)
            return null;
        try
        {
            return JsonSerializer.Deserialize(text, type);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // ArgumentException: half a surrogate pair.
            return null;
        }
    }
}
