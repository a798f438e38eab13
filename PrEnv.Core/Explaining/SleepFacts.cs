using PrEnv.Core.Environments;

namespace PrEnv.Core.Explaining;

/// <summary>Whether an environment sleeps, as data for people.</summary>
internal static class SleepFacts
{
    public static SleepExplanation? Of(EnvironmentInput input)
    {
        if (input.Spec.Sleep is null || !input.HasEnvironment)
            return null;
        var sleepiness = input.Sleepiness;
        return new SleepExplanation
        {
            IsAsleep = input.IsAsleep,
            IsWanted = sleepiness.Wanted,
            Cause = sleepiness.Cause,
            ActiveAt = input.Idleness.Activity?.At,
            ChangesAt = sleepiness.Wanted == true ? sleepiness.Until : sleepiness.CheckAgainAt,
        };
    }
}
