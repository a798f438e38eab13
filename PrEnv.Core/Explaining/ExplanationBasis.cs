using System.Text.Json.Serialization;

namespace PrEnv.Core.Explaining;

/// <summary>What an explanation is taken from.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExplanationBasis>))]
public enum ExplanationBasis
{
    /// <summary>A plan that was made just now.</summary>
    Plan,

    /// <summary>The last status of the resource.</summary>
    Status,
}
