using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments;

/// <summary>Which commit status is due. Nothing is posted that was posted already.</summary>
internal static class DueStatuses
{
    // https://docs.github.com/en/rest/commits/statuses
    private const int MaxDescription = 140;

    /// <summary>What is posted right after a release was created or its spec changed.</summary>
    public static CommitStatus? AfterApply(EnvironmentInput input, HelmRelease? existing) =>
        Due(input, existing, input.Spec.Readiness is Readiness.Applied ? Verdict.Applied : Verdict.Deploying(""));

    /// <summary>The status for a verdict, unless it tells what was posted last.</summary>
    public static CommitStatus? Due(EnvironmentInput input, HelmRelease? release, Verdict verdict)
    {
        if (input.PullRequest is not { } pullRequest || input.Spec.StatusContext is not { } context) return null;
        // What runs is an older commit: nothing that it does is said of this one.
        if (input.IsPinned) return Waiting(input, release);
        var description = Text.Excerpt(verdict.Description, MaxDescription);
        var status = new CommitStatus(pullRequest.HeadSha, context, verdict.State, description, input.Url(pullRequest))
        {
            Reason = verdict.ReportedReason ?? verdict.Reason,
        };
        return release is not null && status.TellsTheSameAs(input.ReportedFor(release)?.Status) ? null : status;
    }

    /// <summary>
    /// What a commit gets that waits for its approval, unless it has it already; null, too, while GitHub does not say whether it waits.
    /// </summary>
    public static CommitStatus? Waiting(EnvironmentInput input, HelmRelease? release)
    {
        if (input.PullRequest is not { } pullRequest || input.Spec.StatusContext is not { } context) return null;
        if (input.Approval is not { State: ApprovalState.Missing }) return null;
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
