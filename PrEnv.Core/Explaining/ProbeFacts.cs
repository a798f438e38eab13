using PrEnv.Core.Environments;
using PrEnv.Core.Plans;

namespace PrEnv.Core.Explaining;

/// <summary>What probes have seen, as data for people.</summary>
internal static class ProbeFacts
{
    public static ProbeExplanation? Of(Snapshot snapshot, EnvironmentInput? input, EnvironmentDecision? decision)
    {
        if (input is null || input.Owned.IsEmpty
            || (decision?.Probe?.Revision.Url ?? input.HealthUrl) is not { } url)
        {
            return null;
        }

        var seen = decision?.Probe is { } target ? snapshot.Probes.GetValueOrDefault(target.Revision) : null;
        return new ProbeExplanation
        {
            Url = url,
            IsProbed = decision?.Probe is not null,
            HasAnswered = seen?.Succeeded,
            ConsecutiveFailures = seen?.ConsecutiveFailures,
            LastFailure = seen?.LastFailure,
            Obstacle = seen?.Obstacle,
            Deadline = decision?.Probe?.Deadline,
        };
    }
}
