using System.Collections.Immutable;
using System.Text.Json;
using PrEnv.Core.Explaining;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Pages;

/// <summary><c>/api/environments/NAMESPACE/RESOURCE/NUMBER</c>.</summary>
internal sealed record EnvironmentJson(
    EnvironmentEntry Environment, WaitingCommit? Waiting, IReadOnlyList<Condition> Conditions, IReadOnlyList<HelmReleaseSnapshot> History,
    ImmutableArray<TimelineEntry> Timeline, JsonElement? Why)
{
    public static EnvironmentJson Of(EnvironmentDetails details) => new(
        details.Entry,
        details.Row?.Waiting,
        [.. (details.Release?.Status?.Conditions ?? []).OfType<Condition>()],
        [.. (details.Release?.Status?.History ?? []).OfType<HelmReleaseSnapshot>().Select(item => item with { ConfigDigest = null })],
        Pages.Timeline.Of(details),
        details.Why is { } why ? JsonSerializer.SerializeToElement(why, ExplanationJson.Environment) : null);
}
