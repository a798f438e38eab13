using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PrEnv.Core.Explaining;

/// <summary>
/// Explanations as JSON: camelCase, enums as words, what is null left out. Every text in it is escaped as JSON wants it, control characters
/// included.
/// </summary>
public static class ExplanationJson
{
    /// <summary>Of one pull request.</summary>
    public static JsonTypeInfo<EnvironmentExplanation> Environment => ExplanationContext.Default.EnvironmentExplanation;

    /// <summary>Of a plan.</summary>
    public static JsonTypeInfo<PlanExplanation> Plan => ExplanationContext.Default.PlanExplanation;

    /// <summary>The JSON of one pull request.</summary>
    public static string Write(EnvironmentExplanation explanation) => JsonSerializer.Serialize(explanation, Environment);

    /// <summary>The JSON of a plan.</summary>
    public static string Write(PlanExplanation explanation) => JsonSerializer.Serialize(explanation, Plan);
}
