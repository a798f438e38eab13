using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Environments.Rules;

/// <summary>GitHub reported this very pull request as closed: its environment is removed.</summary>
internal sealed class DeleteClosed : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input)
    {
        if (!input.ListingIsComplete || input.PullRequest is not null || !input.HasEnvironment)
            return null;
        // GitHub is asked before a deletion, but not again while it is in progress.
        var wasClosed = input.Before is { Phase: EnvironmentPhase.Deleting, Reason: Reasons.PullRequestClosed };
        return new EnvironmentState.Closed(IsClosed: input.Confirmation == PullRequestState.Closed || wasClosed);
    }
}
