using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PrEnv.Core.Resources;

/// <summary>
/// JSON of the slim models, by source generation. It gives an <c>init</c> property that is missing from the JSON the default of its
/// type, whatever its initialiser says: properties that must not be null therefore guard themselves.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = JsonDepth.Max)]
[JsonSerializable(typeof(PREphemeralEnvController))]
[JsonSerializable(typeof(HelmRelease))]
[JsonSerializable(typeof(ClusterNamespace))]
[JsonSerializable(typeof(ClusterNamespaceList))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(ReportedStatus))]
[JsonSerializable(typeof(ReportedDeployment))]
[JsonSerializable(typeof(ReportedComment))]
[JsonSerializable(typeof(OverriddenFields))]
[JsonSerializable(typeof(SortedDictionary<string, SortedDictionary<string, string>>), TypeInfoPropertyName = "CommandEffectsText")]
public sealed partial class ResourceJson : JsonSerializerContext
{
    /// <summary>For reading what is kept of many objects: equal strings are one.</summary>
    internal static ResourceJson Pooled { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        MaxDepth = JsonDepth.Max,
        Converters = { new PooledStringConverter() },
    });
}
