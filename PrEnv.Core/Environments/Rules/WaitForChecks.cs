namespace PrEnv.Core.Environments.Rules;

/// <summary>A pull request without an environment, whose head commit waits for its checks.</summary>
internal sealed class WaitForChecks : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input) =>
        input.Approval is { InstallSha: null, Checks: { } wait } && input.Owned.IsEmpty ? new EnvironmentState.Unchecked(wait) : null;
}
