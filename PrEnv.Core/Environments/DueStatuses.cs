using System.Collections.Immutable;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Ranking;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments;

/// <summary>Which commit status a head commit is to have.</summary>
internal static class DueStatuses
{
    // https://docs.github.com/en/rest/commits/statuses
    private const int MaxDescription = 140;

    /// <summary>The status for a verdict.</summary>
    public static CommitStatus? Of(EnvironmentInput input, Verdict verdict)
    {
        if (input.PullRequest is not { } pullRequest || input.Spec.StatusContext is not { } context)
            return null;
        // An older commit is running: its verdict does not apply to this one.
        if (input.IsPinned || input.Approval?.Checks is not null)
            return Waiting(input);
        var description = Text.Excerpt(verdict.Description, MaxDescription);
        return new CommitStatus(pullRequest.HeadSha, context, verdict.State, description, input.Url(pullRequest))
        {
            Reason = verdict.ReportedReason ?? verdict.Reason,
        };
    }

    /// <summary>The status that was posted last, while its environment sleeps or wakes up; null if none was.</summary>
    public static CommitStatus? Kept(EnvironmentInput input, HelmRelease release)
    {
        if (input.PullRequest is not { } pullRequest || input.Spec.StatusContext is not { } context)
            return null;
        if (input.IsPinned || input.Approval?.Checks is not null)
            return Waiting(input);
        return input.ReportedFor(release)?.Status is { } posted && posted.Sha == pullRequest.HeadSha
            ? posted with { Context = context, TargetUrl = input.Url(pullRequest), Shown = null }
            : null;
    }

    /// <summary>
    /// The status of a commit that waits for its approval or its checks; null while GitHub does not say whether the commit waits.
    /// </summary>
    public static CommitStatus? Waiting(EnvironmentInput input)
    {
        if (input.PullRequest is not { } pullRequest || input.Spec.StatusContext is not { } context)
            return null;
        if (input.Approval?.Checks is { } wait)
            return wait.IsKnown ? Unchecked(pullRequest.HeadSha, context, wait) : null;
        if (input.Approval is not { State: ApprovalState.Missing })
            return null;
        return new CommitStatus(pullRequest.HeadSha, context, CommitState.Pending, StatusDescriptions.NeedsApproval, TargetUrl: null)
        {
            Reason = Reasons.ApprovalRequired,
        };
    }

    private static CommitStatus Unchecked(string head, string context, CheckWait wait)
    {
        var state = wait.Reason == Reasons.WaitingForChecks ? CommitState.Pending : CommitState.Failure;
        var description = Text.Excerpt(CheckMessages.Description(wait), MaxDescription);
        return new CommitStatus(head, context, state, description, TargetUrl: null) { Reason = wait.Reason, Check = wait.First };
    }

    /// <summary>The status of a commit that gets no environment, if the spec asks for one.</summary>
    public static CommitStatus? Skipped(EnvironmentInput input, Rejection why)
    {
        if (!input.Spec.SkippedSucceed || input.PullRequest is not { } pullRequest || input.Spec.StatusContext is not { } context)
            return null;
        var description = Text.Excerpt(StatusDescriptions.Skipped(why.Message), MaxDescription);
        return new CommitStatus(pullRequest.HeadSha, context, CommitState.Success, description, TargetUrl: null)
        {
            Reason = Reasons.PRSkipped,
        };
    }

    /// <summary>The status of a commit that waits for a free environment.</summary>
    public static CommitStatus? Queued(EnvironmentInput input, QueuePlace place) =>
        input.PullRequest is { } pullRequest && input.Spec.StatusContext is { } context
            ? new CommitStatus(pullRequest.HeadSha, context, CommitState.Pending, QueueMessages.Description(place), TargetUrl: null)
            {
                Reason = Reasons.LimitReached,
                Place = QueueMessages.Told(place),
            }
            : null;

    /// <summary>
    /// Lets pull requests with the same head commit show the worst of their statuses, because a commit has only one per context. Among
    /// equal ones, that of the lowest number. A pull request of which nothing can be said at the moment counts as it was told last.
    /// </summary>
    public static ImmutableArray<EnvironmentDecision> Share(IEnumerable<EnvironmentDecision> decisions)
    {
        ImmutableArray<EnvironmentDecision> all = [.. decisions];
        var seen = new HashSet<string>(all.Length, StringComparer.Ordinal);
        var shared = all.Where(d => Known(d) is { Sha: var sha } && !seen.Add(sha)).Select(d => Known(d)!.Sha)
            .ToHashSet(StringComparer.Ordinal);
        var worst = all.Where(d => Known(d) is { Sha: var sha } && shared.Contains(sha))
            .GroupBy(d => Known(d)!.Sha, StringComparer.Ordinal)
            .ToDictionary(
                g => g.Key, g => AboutOne(g.OrderByDescending(d => Severity(Known(d)!.State)).ThenBy(d => d.PrNumber).First()),
                StringComparer.Ordinal);
        return [.. all.Select(d => Showing(d, d.Status is { Sha: var sha } ? worst.GetValueOrDefault(sha) : null))];
    }

    private static CommitStatus? Known(EnvironmentDecision decision) =>
        decision.Status
        ?? (decision.Posted?.Sha == decision.Sha
            && decision.Phase is not (EnvironmentPhase.Deleting or EnvironmentPhase.Skipped or EnvironmentPhase.Expired)
            ? decision.Posted
            : null);

    private static EnvironmentDecision Showing(EnvironmentDecision decision, CommitStatus? worst) =>
        decision.Status is not { } own || ReferenceEquals(own.Shown, worst)
            ? decision
            : decision with { Status = own with { Shown = worst } };

    private static int Severity(CommitState state) => state switch
    {
        CommitState.Success => 0,
        CommitState.Pending => 1,
        _ => 2,
    };

    private static CommitStatus AboutOne(EnvironmentDecision decision)
    {
        var status = Known(decision)!;
        return status with
        {
            Description = Text.Excerpt(StatusDescriptions.About(decision.PrNumber, status.Description), MaxDescription),
            About = decision.PrNumber,
            Shown = null,
        };
    }
}
