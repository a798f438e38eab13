namespace PrEnv.Core.Environments.Rules;

/// <summary>
/// A pull request without an environment, none of whose commits may be installed yet: a fork's, or one of which too little is known.
/// </summary>
internal sealed class WaitForApproval : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input) =>
        input.Approval is { InstallSha: null } approval && input.Owned.IsEmpty ? new EnvironmentState.Unapproved(approval) : null;
}
