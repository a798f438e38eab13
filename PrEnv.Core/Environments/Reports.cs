using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments;

/// <summary>Which commit status is due. Nothing is posted that was posted already.</summary>
internal static class Reports
{
    // https://docs.github.com/en/rest/commits/statuses
    private const int MaxDescription = 140;

    public const string Pending = "pending";

    public const string Success = "success";

    public const string Failure = "failure";

    /// <summary>What is posted right after a release was created or its spec changed.</summary>
    public static CommitStatus? AfterApply(EnvironmentInput input, PullRequest pullRequest, HelmRelease? existing) =>
        input.Spec.Readiness is Readiness.Applied
            ? Due(input, pullRequest, existing, Success, Sentences.Submitted)
            : Due(input, pullRequest, existing, Pending, Sentences.InProgress);

    /// <summary>The status, unless it is the one that was posted last.</summary>
    public static CommitStatus? Due(EnvironmentInput input, PullRequest pullRequest, HelmRelease? release, string state, string description)
    {
        if (input.Spec.StatusContext is not { } context) return null;
        // What runs is an older commit: nothing that it does is said of this one.
        if (input.IsPinned) return Waiting(input, pullRequest, release);
        var status = new CommitStatus(pullRequest.HeadSha, context, state, Text.Excerpt(description, MaxDescription), input.Url(pullRequest));
        return release is not null && input.ReportedFor(release)?.Status == status ? null : status;
    }

    /// <summary>What a commit gets that waits for its approval, unless it has it already; null, too, while GitHub does not say whether it waits.</summary>
    public static CommitStatus? Waiting(EnvironmentInput input, PullRequest pullRequest, HelmRelease? release)
    {
        if (input.Spec.StatusContext is not { } context || input.Approval is not { State: ApprovalState.Missing }) return null;
        var status = new CommitStatus(pullRequest.HeadSha, context, Pending, Sentences.NeedsApproval, TargetUrl: null);
        var told = release is null ? input.Snapshot.Told.GetValueOrDefault(input.PrNumber) : input.ReportedFor(release)?.Status;
        return told == status ? null : status;
    }
}
