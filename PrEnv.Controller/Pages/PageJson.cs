using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using PrEnv.Core.Explaining;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Pages;

/// <summary>What <c>/api/</c> answers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OverviewJson))]
[JsonSerializable(typeof(EnvironmentJson))]
[JsonSerializable(typeof(ErrorJson))]
internal sealed partial class PageJson : JsonSerializerContext;

/// <summary><c>/api/environments</c>.</summary>
internal sealed record OverviewJson(ImmutableArray<ResourceEntry> Resources, IEnumerable<EnvironmentEntry> Environments);

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

/// <summary>What is wrong.</summary>
internal sealed record ErrorJson(string Error);
