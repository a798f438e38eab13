namespace PrEnv.Core.Environments.Rules;

/// <summary>Open, but no longer selected: the complete listing is the proof.</summary>
internal sealed class DeleteUnselected : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input) =>
        input.Rejection is { } rejection && input.HasEnvironment ? new EnvironmentState.Rejected(rejection) : null;
}
