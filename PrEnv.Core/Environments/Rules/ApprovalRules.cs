using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;

namespace PrEnv.Core.Environments.Rules;

/// <summary>It has an environment, but no commit of it was ever approved: the spec asked for no approval when it was made.</summary>
internal sealed class DeleteUnapproved : IEnvironmentRule
{
    public EnvironmentDecision? Decide(EnvironmentInput input) =>
        input.Approval is { State: ApprovalState.Missing, InstallSha: null } approval && input.Owned.Any()
            ? Deletions.Decide(input, nameof(DeleteUnapproved), Sentences.ApprovalReason, Sentences.Waits(input.PullRequest!.HeadSha, approval))
            : null;
}

/// <summary>A fork's pull request of which no commit may be installed yet.</summary>
internal sealed class WaitForApproval : IEnvironmentRule
{
    public EnvironmentDecision? Decide(EnvironmentInput input)
    {
        if (input.Approval is not { InstallSha: null } approval || input.Owned.Any()) return null;
        var pullRequest = input.PullRequest!;
        var reason = approval.State == ApprovalState.Unknown ? "ApprovalUnknown" : Sentences.ApprovalReason;
        var message = Sentences.Waits(pullRequest.HeadSha, approval);
        return new EnvironmentDecision
        {
            PrNumber = input.PrNumber,
            Rule = nameof(WaitForApproval),
            Sha = pullRequest.HeadSha,
            Phase = EnvironmentPhase.Queued,
            Reason = reason,
            Message = message,
            Report = Reports.Waiting(input, pullRequest, release: null),
            Events = input.Was(EnvironmentPhase.Queued, reason)
                ? []
                : [PlannedEvent.Normal(EventReasons.PRQueued, "Select", $"PR {input.PrNumber} waits. {message}", input.PrNumber)],
        };
    }
}
