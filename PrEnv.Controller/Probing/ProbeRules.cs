using PrEnv.Core.Model;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.Probing;

/// <summary>The arithmetic of probing: pure.</summary>
internal static class ProbeRules
{
    private const int FailuresUntilDown = 3;
    private static readonly Backoff Pending = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    public static ProbeVerdict Verdict(ProbeObservation observation) => observation switch
    {
        { ConsecutiveFailures: >= FailuresUntilDown } => ProbeVerdict.Down,
        { Succeeded: true } => ProbeVerdict.Up,
        { ConsecutiveFailures: > 0 } => ProbeVerdict.Failing,
        _ => ProbeVerdict.Unknown,
    };

    /// <summary>The observation after one more answer.</summary>
    public static ProbeObservation Add(ProbeObservation before, ProbeResult result) => result switch
    {
        { Outcome: ProbeOutcome.Obstructed } => before with { Obstacle = result.Failure },
        { Succeeded: true } => before with { Succeeded = true, ConsecutiveFailures = 0, LastFailure = null, Obstacle = null },
        _ => before with
        {
            ConsecutiveFailures = before.ConsecutiveFailures + 1,
            LastFailure = result.Failure,
            Obstacle = null,
        },
    };

    /// <summary>
    /// The time until the next probe: 1 s, doubled up to 30 s, while it is pending, so that readiness is noticed within seconds; the
    /// interval once it has answered, or has timed out.
    /// </summary>
    public static TimeSpan Delay(ProbeTarget target, ProbeObservation observation, DateTimeOffset now) =>
        observation.Succeeded || now >= target.Deadline || observation.ConsecutiveFailures == 0
            ? target.Interval
            : Pending.After(observation.ConsecutiveFailures);
}
