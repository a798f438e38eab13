using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Environments;

/// <summary>What a row keeps of a head commit that waits for its checks, so that a restart does not begin its wait again.</summary>
internal static class CheckWaits
{
    public static EnvironmentDecision With(EnvironmentInput input, EnvironmentDecision decision)
    {
        if (!input.ListingIsComplete)
            return decision with { Waiting = input.Before?.Waiting };
        if (input is not { Rejection: null, IsExpired: false, Approval.Checks: { } wait })
            return decision;
        return decision with
        {
            Waiting = new WaitingCommit { HeadSha = input.PullRequest!.HeadSha, Reason = wait.Reason, Since = wait.Since },
            CheckAgainAt = wait.Deadline is { } deadline && !(decision.CheckAgainAt < deadline) ? deadline : decision.CheckAgainAt,
        };
    }
}
