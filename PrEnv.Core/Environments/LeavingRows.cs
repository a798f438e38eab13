using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Environments;

/// <summary>What is said of environments that are removed, moved, or held because that is not proved to be right. Pure.</summary>
internal static class LeavingRows
{
    public static EnvironmentDecision Held(EnvironmentInput input, EnvironmentState.Unlisted state, string rule)
    {
        var release = state.Release;
        var reason = state.IsReportedOpen ? Reasons.StillOpen : Reasons.NotConfirmed;
        var message = state.IsReportedOpen
            ? RowMessages.StillOpen(input.PrNumber)
            : release is not null ? RowMessages.NotConfirmed(input.PrNumber, release.Metadata.Key)
            : NamespaceMessages.NotConfirmed(input.PrNumber, input.Created[0].Metadata.Name);
        var sha = release is null ? input.Before?.HeadSha : ReleaseValues.Read(release.Spec).Commit;
        return EnvironmentRows.Row(input, rule, sha, EnvironmentPhase.Held, reason, message) with
        {
            Release = release?.Metadata.Key,
            Posted = release is null ? null : input.ReportedFor(release)?.Status,
            Events = input.Was(EnvironmentPhase.Held, reason) ? [] : [EventNotes.DeletionHeld(input.PrNumber, message)],
        };
    }

    public static EnvironmentDecision Leaving(EnvironmentInput input, string rule, string reason, string why)
    {
        if (input.Owned.IsEmpty)
            return NamespaceGoing(input, rule, reason, why);
        var first = input.Owned.First();
        var progress = DeletionProgress.Of(first, input.Snapshot.Now);
        var message = RowMessages.Uninstalling(why, first, progress);
        return EnvironmentRows.Row(input, rule, ReleaseValues.Read(first.Spec).Commit, EnvironmentPhase.Deleting, reason, message) with
        {
            Release = first.Metadata.Key,
            CheckAgainAt = progress?.CheckAgainAt,
        };
    }

    // Nothing but the namespace is left.
    private static EnvironmentDecision NamespaceGoing(EnvironmentInput input, string rule, string reason, string why)
    {
        var (old, now) = (input.Created[0], input.Snapshot.Now);
        var message = $"{why} {NamespaceMessages.Deleting(old, now)}";
        return EnvironmentRows.Row(input, rule, input.Before?.HeadSha, EnvironmentPhase.Deleting, reason, message) with
        {
            CheckAgainAt = NamespaceActions.CheckAgainAt(old, now),
        };
    }

    public static EnvironmentDecision Expired(EnvironmentInput input, EnvironmentState.Expired state, string rule)
    {
        var message = RowMessages.Expired(state.IdleTimeout, input.Spec.Commands);
        var wasKnown = input.Was(EnvironmentPhase.Deleting, Reasons.EnvExpired) || input.Was(EnvironmentPhase.Expired, Reasons.EnvExpired);
        var row = input.HasEnvironment
            ? Leaving(input, rule, Reasons.EnvExpired, message)
            : EnvironmentRows.Row(input, rule, input.PullRequest!.HeadSha, EnvironmentPhase.Expired, Reasons.EnvExpired, message);
        return row with { Events = wasKnown ? [] : [EventNotes.Expired(input.PrNumber, message)] };
    }

    public static EnvironmentDecision Moving(EnvironmentInput input, EnvironmentState.Misplaced state, string rule)
    {
        var old = state.Old;
        var (from, to) = (old.Metadata.Namespace, input.Spec.DestinationNamespace);
        var progress = DeletionProgress.Of(old, input.Snapshot.Now);
        var isUnchecked = input.Approval?.Checks is not null;
        var message = state.Moves ? RowMessages.Moving(from, to, old, progress) : RowMessages.WillMove(from, to, isUnchecked);
        var sha = input.PullRequest?.HeadSha ?? ReleaseValues.Read(old.Spec).Commit;
        if (isUnchecked)
            message += EnvironmentRows.Pinned(input);
        return EnvironmentRows.Row(input, rule, sha, EnvironmentPhase.Deploying, Reasons.Moving, message) with
        {
            Release = old.Metadata.Key,
            Status = state.Moves ? null : DueStatuses.Waiting(input),
            Posted = input.ReportedFor(old)?.Status,
            CheckAgainAt = progress?.CheckAgainAt,
        };
    }

    public static EnvironmentDecision Replaced(EnvironmentInput input, HelmRelease going, string rule)
    {
        var sha = input.PullRequest?.HeadSha ?? ReleaseValues.Read(going.Spec).Commit;
        var phase = input.ListingIsComplete ? EnvironmentPhase.Deploying : EnvironmentPhase.Deleting;
        var progress = DeletionProgress.Of(going, input.Snapshot.Now);
        var message = RowMessages.WaitingForDeletion(going, progress);
        return EnvironmentRows.Row(input, rule, sha, phase, Reasons.WaitingForDeletion, message) with
        {
            Release = input.Current is null ? null : input.Name,
            Posted = input.ReportedFor(going)?.Status,
            CheckAgainAt = progress?.CheckAgainAt,
        };
    }

    public static EnvironmentDecision NamespaceReplaced(EnvironmentInput input, ClusterNamespace old, string rule)
    {
        var now = input.Snapshot.Now;
        var message = NamespaceMessages.WaitingForDeletion(old, now);
        return EnvironmentRows.Row(
            input, rule, input.PullRequest!.HeadSha, EnvironmentPhase.Deploying, Reasons.WaitingForDeletion, message) with
        {
            CheckAgainAt = NamespaceActions.CheckAgainAt(old, now),
        };
    }
}
