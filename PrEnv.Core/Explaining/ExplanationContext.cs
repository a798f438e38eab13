using System.Text.Json.Serialization;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Explaining;

/// <summary>JSON of the explanations, by source generation.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    MaxDepth = JsonDepth.Max)]
[JsonSerializable(typeof(EnvironmentExplanation))]
[JsonSerializable(typeof(PlanExplanation))]
internal sealed partial class ExplanationContext : JsonSerializerContext;
