using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments;

/// <summary>Which commit status is due. Nothing is posted twice.</summary>
internal static class DueStatuses
{
    // https://docs.github.com/en/rest/commits/statuses
    private const int MaxDescription = 140;

    /// <summary>What is posted right after a release was created or its spec changed.</summary>
    public static CommitStatus? AfterApply(EnvironmentInput input, HelmRelease? existing) =>
        Due(input, existing, input.Spec.Readiness is Readiness.Applied ? Verdict.Applied : Verdict.Deploying(""));

    /// <summary>The status for a verdict, unless the last posted one says the same.</summary>
    public static CommitStatus? Due(EnvironmentInput input, HelmRelease? release, Verdict verdict)
    {
        if (input.PullRequest is not { } pullRequest || input.Spec.StatusContext is not { } context)
            return null;
        // An older commit is running: its verdict does not apply to this one.
        if (input.IsPinned)
            return Waiting(input, release);
        var description = Text.Excerpt(verdict.Description, MaxDescription);
        var status = new CommitStatus(pullRequest.HeadSha, context, verdict.State, description, input.Url(pullRequest))
        {
            Reason = verdict.ReportedReason ?? verdict.Reason,
        };
        return release is not null && status.TellsTheSameAs(input.ReportedFor(release)?.Status) ? null : status;
    }

    /// <summary>
    /// The status of a commit that waits for its approval; null if it has been posted already, or while GitHub does not say whether the
    /// commit waits.
    /// </summary>
    public static CommitStatus? Waiting(EnvironmentInput input, HelmRelease? release)
    {
        if (input.PullRequest is not { } pullRequest || input.Spec.StatusContext is not { } context)
            return null;
        if (input.Approval is not { State: ApprovalState.Missing })
            return null;
        var status = new CommitStatus(pullRequest.HeadSha, context, CommitState.Pending, StatusDescriptions.NeedsApproval, TargetUrl: null)
        {
            Reason = Reasons.ApprovalRequired,
        };
        var posted = release is null
            ? input.Snapshot.ReportedWithoutRelease.GetValueOrDefault(input.PrNumber)
            : input.ReportedFor(release)?.Status;
        return status.TellsTheSameAs(posted) ? null : status;
    }
}
