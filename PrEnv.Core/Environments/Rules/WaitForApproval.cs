namespace PrEnv.Core.Environments.Rules;

/// <summary>A fork's pull request without an environment, none of whose commits may be installed yet.</summary>
internal sealed class WaitForApproval : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input) =>
        input.Approval is { InstallSha: null } approval && !input.Owned.Any() ? new EnvironmentState.Unapproved(approval) : null;
}
