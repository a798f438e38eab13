using PrEnv.Core.Selection;

namespace PrEnv.Core.Environments.Rules;

/// <summary>It has an environment, but no commit of it was ever approved: the spec asked for no approval when it was made.</summary>
internal sealed class DeleteUnapproved : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input) =>
        input.Approval is { State: ApprovalState.Missing, InstallSha: null } approval && input.HasEnvironment
            ? new EnvironmentState.Unapproved(approval)
            : null;
}
