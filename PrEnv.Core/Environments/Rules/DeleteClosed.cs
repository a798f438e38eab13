using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Environments.Rules;

/// <summary>GitHub said of that very pull request that it is closed: its environment goes.</summary>
internal sealed class DeleteClosed : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input)
    {
        if (!input.ListingIsComplete || input.PullRequest is not null || !input.Owned.Any()) return null;
        // GitHub is asked before a deletion, not again while it goes on.
        var wasClosed = input.Before is { Phase: EnvironmentPhase.Deleting, Reason: Reasons.PullRequestClosed };
        return new EnvironmentState.Closed(IsClosed: input.Confirmation == PullRequestState.Closed || wasClosed);
    }
}
