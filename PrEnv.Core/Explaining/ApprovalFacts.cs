using System.Collections.Immutable;
using PrEnv.Core.Environments;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;

namespace PrEnv.Core.Explaining;

/// <summary>Which commit may be installed, as data for people.</summary>
internal static class ApprovalFacts
{
    public static ApprovalExplanation? Of(EnvironmentInput input, CommandEffects effects)
    {
        if (input is not { PullRequest: { } pullRequest, Approval: { } approval })
            return null;
        var head = pullRequest.HeadSha;
        return new ApprovalExplanation
        {
            Verdict = approval.State switch
            {
                ApprovalState.NotNeeded => ApprovalVerdict.NotNeeded,
                ApprovalState.Given => ApprovalVerdict.Given,
                ApprovalState.Missing => ApprovalVerdict.Missing,
                ApprovalState.Unchecked => ApprovalVerdict.Unchecked,
                ApprovalState.Undecided => ApprovalVerdict.Undecided,
                _ => ApprovalVerdict.Unknown,
            },
            InstallCommit = approval.InstallSha,
            ApprovedByCommand = effects.Approved.GetValueOrDefault(input.PrNumber) == head ? head : null,
            Reviews = ReviewsOf(input),
            Problem = approval.Problem,
        };
    }

    private static ImmutableArray<ReviewExplanation>? ReviewsOf(EnvironmentInput input) =>
        input.Snapshot.Reviews.GetValueOrDefault(input.PrNumber) is ReviewReading.Known known
            ? [.. known.Reviews.Select(r => new ReviewExplanation(r.Reviewer, r.Verdict, r.CommitSha, r.MayWrite))]
            : null;
}
