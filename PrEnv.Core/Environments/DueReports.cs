using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Environments;

/// <summary>
/// Which deployment and which comment are due. Nothing is reported twice, and nothing is reported while GitHub's listing is missing.
/// </summary>
internal static class DueReports
{
    public static EnvironmentDecision With(EnvironmentInput input, EnvironmentDecision decision)
    {
        if (input.Spec is { Deployments: false, Comment: false })
            return decision;
        if (!input.ListingIsComplete || decision.Phase == EnvironmentPhase.Held)
            return decision;
        var release = input.Owned.FirstOrDefault();
        // That GitHub did not answer is no news to the people on a pull request.
        var comments = input.Spec.Comment && input.Approval is not { IsAnswered: false };
        // An environment that goes waits for no commit.
        var waiting = input is { IsPinned: true, Rejection: null, IsExpired: false }
            ? new PinnedCommit(input.PullRequest!.HeadSha, input.Approval!)
            : null;
        return decision with
        {
            Deployment = input.Spec.Deployments ? Deployment(input.Snapshot, decision, release) : null,
            Comment = comments ? Comment(input.Snapshot, decision, release, input.Before, waiting) : null,
        };
    }

    /// <summary>The final reports on environments that are removed together with their resource.</summary>
    public static Plan AtTheEnd(Snapshot snapshot, Plan plan)
    {
        if (plan.Environments.IsEmpty || snapshot.Spec.Spec is not { } spec)
            return plan;
        var rows = PreviousRows.Of(snapshot);
        return plan with
        {
            Environments =
            [
                .. plan.Environments.Select(e => e with
                {
                    Deployment = spec.Deployments ? Deployment(snapshot, e, ReleaseOf(snapshot, e)) : null,
                    Comment = spec.Comment ? Comment(snapshot, e, ReleaseOf(snapshot, e), rows[e.PrNumber], null) : null,
                }),
            ],
        };
    }

    private static DeploymentReport? Deployment(Snapshot snapshot, EnvironmentDecision decision, HelmRelease? release)
    {
        var known = snapshot.Deployments.GetValueOrDefault(decision.PrNumber)
            ?? (release is null ? null : ReportedDeployment.Read(release));
        if (decision.Phase == EnvironmentPhase.Deleting)
        {
            return known is null || known.Report.State == DeploymentState.Inactive
                ? null
                : known.Report with { State = DeploymentState.Inactive, Description = StatusDescriptions.Removed, Url = null };
        }

        if (decision.Release is null || decision.Sha is not { } sha || Shown(decision) is not { } shown)
            return null;
        var report = new DeploymentReport(sha, shown.State, shown.Description, decision.Url);
        return known?.Shows(report) == true && known.Superseded is null ? null : report;
    }

    // What a deployment shows of an environment; null: nothing.
    private static (DeploymentState State, string Description)? Shown(EnvironmentDecision decision) => decision.Phase switch
    {
        // The deployment stays while its environment, which was ready, sleeps and wakes up.
        EnvironmentPhase.Asleep => (DeploymentState.Success, StatusDescriptions.Succeeded),
        EnvironmentPhase.Deploying when decision.Reason == Reasons.EnvAwake => null,
        EnvironmentPhase.Deploying => (DeploymentState.InProgress, StatusDescriptions.InProgress),
        EnvironmentPhase.Ready when decision.Reason is Reasons.Applied or Reasons.FluxSilent =>
            (DeploymentState.Success, StatusDescriptions.Submitted),
        EnvironmentPhase.Ready => (DeploymentState.Success, StatusDescriptions.Succeeded),
        EnvironmentPhase.Failed => (DeploymentState.Failure, StatusDescriptions.Failed(decision.Reason)),
        _ => null,
    };

    private static CommentReport? Comment(
        Snapshot snapshot, EnvironmentDecision decision, HelmRelease? release, EnvironmentStatus? before, PinnedCommit? waiting)
    {
        var known = snapshot.Comments.GetValueOrDefault(decision.PrNumber) ?? (release is null ? null : ReportedComment.Read(release));
        var isShown = decision.Phase
            is EnvironmentPhase.Deploying or EnvironmentPhase.Ready or EnvironmentPhase.Failed or EnvironmentPhase.Queued
            or EnvironmentPhase.Asleep;
        if (!isShown && (known is null || decision.Phase is not (EnvironmentPhase.Deleting or EnvironmentPhase.Expired)))
            return null;
        var report = CommentText.Of(
            snapshot.Resource, decision, PreviousRows.Since(decision, before, snapshot.Now), waiting, release?.Metadata.CreationTimestamp,
            snapshot.Spec.Spec is { } spec ? CommandHelp.Of(spec) : []);
        return known?.Key == report.Key ? null : report;
    }

    // The release that the decision is about: another may be left in a former destination.
    private static HelmRelease? ReleaseOf(Snapshot snapshot, EnvironmentDecision decision) =>
        decision.Release is { } key ? snapshot.Releases.FirstOrDefault(r => r.Metadata.Key == key) : null;
}
