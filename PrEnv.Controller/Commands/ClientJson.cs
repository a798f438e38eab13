using System.Text.Json.Serialization;

namespace PrEnv.Controller.Commands;

/// <summary>JSON of what commands print, beside the explanations.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EnvironmentList))]
[JsonSerializable(typeof(PlanList))]
[JsonSerializable(typeof(ExplanationList))]
internal sealed partial class ClientJson : JsonSerializerContext;
