using System.Collections.Immutable;

namespace PrEnv.Core.Objects;

/// <summary>
/// Conditions as kstatus reads them: <c>Ready</c> always, <c>Reconciling</c> and <c>Stalled</c> only while they are true.
/// See https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md.
/// </summary>
internal static class ConditionList
{
    /// <summary>The overall state.</summary>
    public const string Ready = "Ready";

    /// <summary>The controller is working, or will retry.</summary>
    public const string Reconciling = "Reconciling";

    /// <summary>Nothing will change without user intervention.</summary>
    public const string Stalled = "Stalled";

    /// <summary>The new conditions. A transition time is kept where the condition's status did not change.</summary>
    /// <param name="before">Those of the last status; null when there was none.</param>
    /// <param name="now">The moment, cut to seconds, as the API server keeps it.</param>
    /// <param name="generation">The generation that they describe.</param>
    /// <param name="wanted">Type, status, reason and message of each.</param>
    public static ImmutableArray<Condition> Update(
        IReadOnlyList<Condition>? before, DateTimeOffset now, long generation,
        params ReadOnlySpan<(string Type, string Status, string Reason, string Message)> wanted)
    {
        var conditions = ImmutableArray.CreateBuilder<Condition>(wanted.Length);
        foreach (var (type, status, reason, message) in wanted)
        {
            var old = before?.FirstOrDefault(c => c.Type == type);
            conditions.Add(new Condition
            {
                Type = type,
                Status = status,
                Reason = reason,
                Message = message,
                ObservedGeneration = generation,
                LastTransitionTime = old?.Status == status ? old.LastTransitionTime : Timestamp.Truncate(now),
            });
        }

        return conditions.ToImmutable();
    }
}
