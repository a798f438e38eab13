using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Environments;

/// <summary>GitHub's words for the states of a deployment. See https://docs.github.com/en/rest/deployments/statuses.</summary>
internal static class DeploymentStates
{
    public const string Inactive = "inactive";

    public const string Removed = "The environment was removed";

    /// <summary>What a deployment shows of an environment; null: nothing.</summary>
    public static (string State, string Description)? Of(EnvironmentDecision decision) => decision.Phase switch
    {
        EnvironmentPhase.Deploying => ("in_progress", Sentences.InProgress),
        EnvironmentPhase.Ready when decision.Reason == Sentences.AppliedReason => ("success", Sentences.Submitted),
        EnvironmentPhase.Ready => ("success", Sentences.Succeeded),
        EnvironmentPhase.Failed => ("failure", Sentences.Failed(decision.Reason)),
        _ => null,
    };
}
