using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Core.Explaining;

namespace PrEnv.Controller.Commands;

/// <summary>What <c>prenv why -o json</c> prints.</summary>
/// <param name="Environments">One for each resource: see <see cref="EnvironmentExplanation"/>.</param>
internal sealed record ExplanationList(ImmutableArray<JsonElement> Environments)
{
    public static ExplanationList Of(IEnumerable<EnvironmentExplanation> found) =>
        new([.. found.Select(e => JsonSerializer.SerializeToElement(e, ExplanationJson.Environment))]);
}
