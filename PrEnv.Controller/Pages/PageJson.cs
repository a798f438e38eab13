using System.Text.Json.Serialization;

namespace PrEnv.Controller.Pages;

/// <summary>What <c>/api/</c> answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OverviewJson))]
[JsonSerializable(typeof(EnvironmentJson))]
[JsonSerializable(typeof(ErrorJson))]
internal sealed partial class PageJson : JsonSerializerContext;
