using PrEnv.Core.Environments;
using PrEnv.Core.Selection;

namespace PrEnv.Core.Explaining;

/// <summary>How the checks of a head commit stand, as data for people.</summary>
internal static class CheckFacts
{
    public static ChecksExplanation? Of(EnvironmentInput input)
    {
        if (input is not { PullRequest: { } pullRequest, Approval: { } approval } || input.Spec.Checks.IsEmpty)
            return null;
        var reading = input.Snapshot.Checks.GetValueOrDefault(pullRequest.HeadSha);
        // They are not asked for once the commit is installed.
        if (reading is null && approval.Checks is null)
            return null;
        return new ChecksExplanation
        {
            Commit = pullRequest.HeadSha,
            Checks = [.. CheckVerdict.Each(input.Spec.Checks, reading).Select(c => new CheckExplanation(c.Name, c.State))],
            Reason = approval.Checks?.Reason,
            Since = approval.Checks?.Since,
            Deadline = approval.Checks?.Deadline,
            Problem = approval.Checks?.Verdict.Problem ?? reading?.Problem,
        };
    }
}
