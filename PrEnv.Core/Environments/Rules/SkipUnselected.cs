namespace PrEnv.Core.Environments.Rules;

/// <summary>Open, not selected, and without an environment.</summary>
internal sealed class SkipUnselected : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input) =>
        input.Rejection is { } rejection ? new EnvironmentState.Rejected(rejection) : null;
}
