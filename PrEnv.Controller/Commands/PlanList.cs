using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Core.Explaining;

namespace PrEnv.Controller.Commands;

/// <summary>What <c>prenv plan -o json</c> prints.</summary>
/// <param name="HasChanges">Would anything be done?</param>
/// <param name="Plans">One for each resource: see <see cref="PlanExplanation"/>.</param>
internal sealed record PlanList(bool HasChanges, ImmutableArray<JsonElement> Plans)
{
    public static PlanList Of(IReadOnlyCollection<PlanExplanation> plans) =>
        new(plans.Any(p => p.HasChanges), [.. plans.Select(p => JsonSerializer.SerializeToElement(p, ExplanationJson.Plan))]);
}
