using PrEnv.Core.Plans;

namespace PrEnv.Core.Environments.Rules;

/// <summary>Adds the rebuild that a command asks for to a release that is as it should be.</summary>
internal static class Rebuilds
{
    public static EnvironmentDecision With(EnvironmentInput input, EnvironmentDecision decision)
    {
        // A release that is made, changed or deleted anyway is reconciled by that.
        if (input.Rebuild is not { } token || input.Current is not { } release || decision.Rule != nameof(EvaluateRelease)) return decision;
        return release.Metadata.Annotation(PlannedAction.Rebuild.ForceAtAnnotation) == token
            ? decision
            : decision with { Actions = decision.Actions.Add(new PlannedAction.Rebuild(input.PrNumber, input.Name, release.Metadata.Uid, token)) };
    }
}
