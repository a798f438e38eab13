using System.Collections.Immutable;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Environments;

/// <summary>Which deployment and which comment are due. Nothing is reported that was reported already, and nothing while GitHub's listing is missing.</summary>
internal static class ReportsDue
{
    public static EnvironmentDecision With(EnvironmentInput input, EnvironmentDecision decision)
    {
        if (input.Spec is { Deployments: false, Comment: false }) return decision;
        if (!input.ListingIsComplete || decision.Phase == EnvironmentPhase.Held) return decision;
        var release = input.Owned.FirstOrDefault();
        return decision with
        {
            Deployment = input.Spec.Deployments ? Deployment(input.Snapshot, decision, release) : null,
            // That GitHub does not say is no news for the people of a pull request.
            Comment = input.Spec.Comment && input.Approval is not { State: ApprovalState.Unknown }
                ? Comment(input.Snapshot, decision, release, input.Before, Pending(input))
                : null,
        };
    }

    /// <summary>The last words on environments that go because the resource does.</summary>
    public static Plan AtTheEnd(Snapshot snapshot, Plan plan)
    {
        if (plan.Environments.IsEmpty || SpecReader.Read(snapshot.Resource, snapshot.Settings).Spec is not { } spec) return plan;
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
        var known = snapshot.Deployments.GetValueOrDefault(decision.PrNumber) ?? (release is null ? null : ReportedDeployment.Read(release));
        if (decision.Phase == EnvironmentPhase.Deleting)
        {
            return known is null || known.Report.State is DeploymentStates.Inactive
                ? null
                : known.Report with { State = DeploymentStates.Inactive, Description = DeploymentStates.Removed, Url = null };
        }

        if (decision.Release is null || decision.Sha is not { } sha || DeploymentStates.Of(decision) is not { } shown) return null;
        var report = new DeploymentReport(sha, shown.State, shown.Description, decision.Url);
        return known?.Shows(report) == true && known.Superseded is null ? null : report;
    }

    private static CommentReport? Comment(
        Snapshot snapshot, EnvironmentDecision decision, HelmRelease? release, EnvironmentStatus? before, string? pending)
    {
        var known = snapshot.Comments.GetValueOrDefault(decision.PrNumber) ?? (release is null ? null : ReportedComment.Read(release));
        if (decision.Phase is not (EnvironmentPhase.Deploying or EnvironmentPhase.Ready or EnvironmentPhase.Failed or EnvironmentPhase.Queued)
            && (known is null || decision.Phase != EnvironmentPhase.Deleting))
        {
            return null;
        }

        var report = CommentText.Of(snapshot.Resource, decision, PreviousRows.Since(decision, before, snapshot.Now), pending);
        return known?.Key == report.Key ? null : report;
    }

    private static string? Pending(EnvironmentInput input) =>
        input.IsPinned ? Sentences.Waits(input.PullRequest!.HeadSha, input.Approval!) : null;

    // The one that the decision speaks of: there may be another, left in a former destination.
    private static HelmRelease? ReleaseOf(Snapshot snapshot, EnvironmentDecision decision) => decision.Release is { } key
        ? snapshot.Releases.FirstOrDefault(r => r.Metadata.Namespace == key.Namespace && r.Metadata.Name == key.Name)
        : null;
}
