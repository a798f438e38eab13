using PrEnv.Core.Model;

namespace PrEnv.Core.Environments.Rules;

/// <summary>Missing from a complete listing, and GitHub does not report it as closed: no proof, no deletion.</summary>
internal sealed class HoldWithoutProof : IEnvironmentRule
{
    public EnvironmentState? Find(EnvironmentInput input)
    {
        if (!input.ListingIsComplete || input.PullRequest is not null || input.Confirmation == PullRequestState.Closed)
            return null;
        var release = input.Owned.FirstOrDefault(r => r.Metadata.DeletionTimestamp is null);
        return release is not null || input.Leftovers.Any(n => !n.IsTerminating)
            ? new EnvironmentState.Unlisted(release, IsReportedOpen: input.Confirmation == PullRequestState.Open)
            : null;
    }
}
