using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using PrEnv.Core.Explaining;

namespace PrEnv.Controller.Commands;

/// <summary>JSON of what commands print, beside the explanations.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EnvironmentList))]
[JsonSerializable(typeof(PlanList))]
[JsonSerializable(typeof(ExplanationList))]
internal sealed partial class ClientJson : JsonSerializerContext;

/// <summary>What <c>prenv plan -o json</c> prints.</summary>
/// <param name="HasChanges">Would anything be done?</param>
/// <param name="Plans">One for each resource: see <see cref="PlanExplanation"/>.</param>
internal sealed record PlanList(bool HasChanges, ImmutableArray<JsonElement> Plans)
{
    public static PlanList Of(IReadOnlyCollection<PlanExplanation> plans) =>
        new(plans.Any(p => p.HasChanges), [.. plans.Select(p => JsonSerializer.SerializeToElement(p, ExplanationJson.Plan))]);

    public static JsonTypeInfo<PlanList> Type => ClientJson.Default.PlanList;
}

/// <summary>What <c>prenv why -o json</c> prints.</summary>
/// <param name="Environments">One for each resource: see <see cref="EnvironmentExplanation"/>.</param>
internal sealed record ExplanationList(ImmutableArray<JsonElement> Environments)
{
    public static ExplanationList Of(IEnumerable<EnvironmentExplanation> found) =>
        new([.. found.Select(e => JsonSerializer.SerializeToElement(e, ExplanationJson.Environment))]);
}

/// <summary>What <c>prenv get -o json</c> prints.</summary>
internal sealed record EnvironmentList(ImmutableArray<EnvironmentLine> Environments);
