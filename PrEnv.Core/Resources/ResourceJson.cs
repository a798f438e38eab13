using System.Text.Json.Serialization;

namespace PrEnv.Core.Resources;

/// <summary>JSON of the slim models, by source generation.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PREphemeralEnvController))]
[JsonSerializable(typeof(HelmRelease))]
[JsonSerializable(typeof(Planning.ReportedStatus))]
public sealed partial class ResourceJson : JsonSerializerContext;
