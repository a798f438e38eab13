using System.Text.Json.Nodes;

namespace PrEnv.Tests.Flux;

/// <summary>What of a release's state decides how it is judged.</summary>
/// <param name="Generation">The object's.</param>
/// <param name="Attempted"><c>status.lastAttemptedGeneration</c>; 0 before the first attempt.</param>
/// <param name="Observed"><c>status.observedGeneration</c>.</param>
/// <param name="Ready">Status, reason and generation of <c>Ready</c>; empty without it.</param>
/// <param name="Stalled">The same of <c>Stalled</c>.</param>
internal sealed record FluxMoment(long Generation, long Attempted, long Observed, string Ready, string Stalled)
{
    public static FluxMoment Of(long generation, JsonObject status) => new(
        generation,
        status["lastAttemptedGeneration"]?.GetValue<long>() ?? 0,
        status["observedGeneration"]?.GetValue<long>() ?? -1,
        Condition(status, "Ready"),
        Condition(status, "Stalled"));

    /// <summary>Short enough for a list of them: generation, attempted, observed.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Generation}/{Attempted}/{Observed} {Ready}") + (Stalled.Length > 0 ? $", Stalled {Stalled}" : "");

    private static string Condition(JsonObject status, string type)
    {
        var condition = status["conditions"]?.AsArray().FirstOrDefault(entry => entry!["type"]!.GetValue<string>() == type);
        return condition is null ? "" : $"{condition["status"]} {condition["reason"]} @{condition["observedGeneration"]}";
    }
}
