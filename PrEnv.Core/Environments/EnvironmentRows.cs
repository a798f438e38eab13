using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Ranking;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Selection;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Environments;

/// <summary>What is said of a pull request in a state: its row, the events, the commit status. Pure.</summary>
internal static class EnvironmentRows
{
    public static EnvironmentDecision Of(EnvironmentInput input, EnvironmentState state, string rule) => state switch
    {
        EnvironmentState.Unlisted unlisted => LeavingRows.Held(input, unlisted, rule),
        EnvironmentState.Closed { IsClosed: true } =>
            LeavingRows.Leaving(input, rule, Reasons.PullRequestClosed, RowMessages.Closed(input.PrNumber)),
        EnvironmentState.Closed => LeavingRows.Leaving(input, rule, Reasons.ReleaseDeleted, RowMessages.ReleaseDeleted(input.PrNumber)),
        EnvironmentState.Rejected { Rejection: var why } =>
            input.HasEnvironment ? LeavingRows.Leaving(input, rule, why.Reason, why.Message) : Skipped(input, why, rule),
        EnvironmentState.Expired expired => LeavingRows.Expired(input, expired, rule),
        EnvironmentState.Unapproved { Approval: var approval } => Unapproved(input, approval, rule),
        EnvironmentState.Unchecked { Wait: var wait } => Unchecked(input, wait, rule),
        EnvironmentState.Misplaced misplaced => LeavingRows.Moving(input, misplaced, rule),
        EnvironmentState.Leaving { Release: var going } => LeavingRows.Replaced(input, going, rule),
        EnvironmentState.Taken { Occupant: var occupant } => Taken(input, occupant, rule),
        EnvironmentState.NamespaceLeaving { Namespace: var old } => LeavingRows.NamespaceReplaced(input, old, rule),
        EnvironmentState.NamespaceRefused { Refusal: var refusal } => NamespaceRefused(input, refusal, rule),
        EnvironmentState.Queued { Place: var place } => Queued(input, place, rule),
        EnvironmentState.Absent absent => Applied(input, absent.Desired.Key, null, absent.Sha, rule),
        EnvironmentState.Drifted { Rollout.IsEmpty: false } drifted =>
            WithWaking(input, Applied(input, drifted.Desired.Key, drifted.Release, drifted.Sha, rule)),
        EnvironmentState.Drifted drifted => WithWaking(input, Healthy(input, drifted.Release, rule)),
        EnvironmentState.Overridden overridden when Overrides.BreakIdentity(overridden.Fields) => Unrecognised(input, overridden, rule),
        EnvironmentState.Overridden overridden => WithOverridden(Healthy(input, overridden.Release, rule), overridden.Fields),
        EnvironmentState.Current { Release: var release } => Healthy(input, release, rule),
        _ => throw new InvalidOperationException($"State {state.GetType().Name} has no row."),
    };

    /// <summary>A row without anything but the row.</summary>
    public static EnvironmentDecision Row(EnvironmentInput input, string rule, string? sha, string phase, string reason, string message) =>
        new()
        {
            PrNumber = input.PrNumber,
            Rule = rule,
            Sha = sha,
            Phase = phase,
            Reason = reason,
            Message = message,
        };

    private static EnvironmentDecision NamespaceRefused(EnvironmentInput input, NamespaceRefusal refusal, string rule)
    {
        var verdict = Verdict.Failed(refusal.Reason, refusal.Message);
        var row = Row(input, rule, input.PullRequest!.HeadSha, verdict.Phase, verdict.Reason, verdict.Message) with
        {
            // That they cannot be read is news of the whole resource.
            Events = input.Was(verdict.Phase, verdict.Reason) || refusal.Reason == Reasons.NamespaceFailed
                ? []
                : [EventNotes.NoNamespace(refusal.Reason, input.PrNumber, refusal.Message)],
        };
        return refusal.IsTheAuthors
            ? row with
            {
                Status = DueStatuses.Of(input, verdict),
                Posted = input.Snapshot.ReportedWithoutRelease.GetValueOrDefault(input.PrNumber),
            }
            : row;
    }

    private static EnvironmentDecision Skipped(EnvironmentInput input, Rejection why, string rule) =>
        Row(input, rule, input.PullRequest?.HeadSha, EnvironmentPhase.Skipped, why.Reason, why.Message) with
        {
            Status = DueStatuses.Skipped(input, why),
            Posted = input.Snapshot.ReportedWithoutRelease.GetValueOrDefault(input.PrNumber),
            Events = input.Was(EnvironmentPhase.Skipped, why.Reason) ? [] : [EventNotes.Skipped(input.PrNumber, why.Message)],
        };

    private static EnvironmentDecision Unapproved(EnvironmentInput input, Approval approval, string rule)
    {
        var head = input.PullRequest!.HeadSha;
        var message = RowMessages.Waits(head, approval);
        if (!input.Owned.IsEmpty || (approval.State == ApprovalState.Missing && input.HasEnvironment))
            return LeavingRows.Leaving(input, rule, Reasons.ApprovalRequired, message);
        var reason = approval.State switch
        {
            ApprovalState.Undecided => Reasons.SelectionUnknown,
            ApprovalState.Unknown => Reasons.ApprovalUnknown,
            _ => Reasons.ApprovalRequired,
        };
        return Row(input, rule, head, EnvironmentPhase.Queued, reason, message) with
        {
            Status = DueStatuses.Waiting(input),
            Posted = input.Snapshot.ReportedWithoutRelease.GetValueOrDefault(input.PrNumber),
            Events = input.Was(EnvironmentPhase.Queued, reason) ? [] : [EventNotes.Queued(input.PrNumber, message)],
        };
    }

    private static EnvironmentDecision Unchecked(EnvironmentInput input, CheckWait wait, string rule)
    {
        var head = input.PullRequest!.HeadSha;
        var message = CheckMessages.Waits(head, wait);
        return Row(input, rule, head, EnvironmentPhase.Queued, wait.Reason, message) with
        {
            Status = DueStatuses.Waiting(input),
            Posted = input.Snapshot.ReportedWithoutRelease.GetValueOrDefault(input.PrNumber),
            Events = input.Was(EnvironmentPhase.Queued, wait.Reason) ? [] : [EventNotes.Queued(input.PrNumber, message)],
        };
    }

    private static EnvironmentDecision Queued(EnvironmentInput input, QueuePlace place, string rule)
    {
        var message = QueueMessages.Waiting(place, input.Spec.Commands);
        return Row(input, rule, input.PullRequest!.HeadSha, EnvironmentPhase.Queued, Reasons.LimitReached, message) with
        {
            Place = QueueMessages.Told(place),
            Status = DueStatuses.Queued(input, place),
            Posted = input.Snapshot.ReportedWithoutRelease.GetValueOrDefault(input.PrNumber),
            Events = input.Was(EnvironmentPhase.Queued, Reasons.LimitReached) ? [] : [EventNotes.Queued(input.PrNumber, message)],
        };
    }

    private static EnvironmentDecision Taken(EnvironmentInput input, HelmRelease occupant, string rule)
    {
        var message = RowMessages.NameTaken(input.Name, Ownership.OwnerOf(occupant), input.Snapshot.Resource.Metadata.Key);
        return Row(input, rule, input.PullRequest!.HeadSha, EnvironmentPhase.Failed, Reasons.NameConflict, message) with
        {
            Events = input.Was(EnvironmentPhase.Failed, Reasons.NameConflict) ? [] : [EventNotes.NameConflict(input.PrNumber, message)],
        };
    }

    // A release whose labels do not name this resource is never written to: only the row reports it.
    private static EnvironmentDecision Unrecognised(EnvironmentInput input, EnvironmentState.Overridden state, string rule)
    {
        var isOwned = ReferenceEquals(state.Release, input.Current);
        var verdict = Verdict.Failed(Reasons.FieldOverridden, RowMessages.Unrecognised(state.Release.Metadata.Key, state.Fields));
        return Row(input, rule, input.PullRequest?.HeadSha, verdict.Phase, verdict.Reason, verdict.Message) with
        {
            Release = isOwned ? input.Name : null,
            Status = isOwned ? DueStatuses.Of(input, verdict) : null,
            Posted = isOwned ? input.ReportedFor(state.Release)?.Status : null,
        };
    }

    /// <summary>The same decision, whose row also names the fields that an admission policy overrides.</summary>
    public static EnvironmentDecision WithOverridden(EnvironmentDecision decision, IReadOnlyList<string> fields) =>
        decision with { Message = $"{decision.Message} {RowMessages.Overridden(fields)}" };

    // It was ready before. What failed meanwhile is not repaired by sleeping, but people should know before they wake it.
    private static EnvironmentDecision Asleep(EnvironmentInput input, HelmRelease release, string rule)
    {
        var sha = ReleaseValues.Read(release.Spec).Commit;
        var why = SleepMessages.Asleep(input.Sleepiness.Cause, input.Sleepiness.Until, input.Spec);
        var state = ReleaseState.Of(release);
        var message = state.Kind == ReleaseStateKind.Failed ? $"{why} {HealthMessages.FluxSays(state)}" : why;
        return Row(input, rule, sha, EnvironmentPhase.Asleep, Reasons.EnvAsleep, message + Pinned(input)) with
        {
            Release = input.Name,
            Url = input.Facts(sha ?? "") is { } facts ? input.Url(facts) : input.Before?.Url,
            // It falls asleep only once it is ready: what was posted before that no longer holds.
            Status = input.IsAsleep && DueStatuses.Kept(input, release) is { State: not CommitState.Pending } kept ? kept
                : DueStatuses.Of(input, input.Spec.Readiness is Readiness.Applied ? Verdict.Applied : Verdict.Ready(why)),
            Posted = input.ReportedFor(release)?.Status,
            Events = input.IsAsleep
                ? []
                : [.. Events(input, EnvironmentHealth.Of(input, release)), EventNotes.Asleep(input.PrNumber, why)],
            CheckAgainAt = CheckAgain(input, null),
            ExpiresAt = input.ExpiresAt,
        };
    }

    private static EnvironmentDecision WithWaking(EnvironmentInput input, EnvironmentDecision decision) =>
        input.IsAsleep && !input.IsToSleep
            ? decision with
            {
                Events = decision.Events.Insert(0, EventNotes.Awake(input.PrNumber, SleepMessages.Awake(input.Sleepiness.Cause))),
            }
            : decision;

    private static CommitStatus? StatusOf(EnvironmentInput input, Verdict verdict, HelmRelease? release) =>
        verdict.KeepsStatus && release is not null ? DueStatuses.Kept(input, release) : DueStatuses.Of(input, verdict);

    private static EnvironmentDecision Applied(EnvironmentInput input, ResourceKey release, HelmRelease? existing, string sha, string rule)
    {
        if (existing is not null && input.IsToSleep)
            return Asleep(input, existing, rule);
        var verdict = EnvironmentHealth.OfNew(input, sha);
        var isNews = verdict.Phase == EnvironmentPhase.Failed && !input.Was(verdict.Phase, verdict.Reason);
        return Row(input, rule, sha, verdict.Phase, verdict.Reason, verdict.Message + Pinned(input)) with
        {
            Release = release,
            Url = input.Facts(sha) is { } facts ? input.Url(facts) : null,
            Status = StatusOf(input, verdict, existing),
            Posted = existing is null ? null : input.ReportedFor(existing)?.Status,
            Events = isNews ? [Failed(input, verdict)] : [],
            // If Flux never reports anything, nothing else leads to another look.
            CheckAgainAt = CheckAgain(input, input.Snapshot.Now + FirstCheck(input.Spec.Readiness.Timeout)),
            ExpiresAt = input.ExpiresAt,
        };
    }

    private static EnvironmentDecision Healthy(EnvironmentInput input, HelmRelease release, string rule)
    {
        if (input.IsToSleep)
            return Asleep(input, release, rule);
        var health = EnvironmentHealth.Of(input, release);
        var verdict = health.Verdict;
        var sha = health.Sha.Length > 0 ? health.Sha : null;
        return Row(input, rule, sha, verdict.Phase, verdict.Reason, verdict.Message + Pinned(input)) with
        {
            Release = input.Name,
            Url = input.Facts(health.Sha) is { } facts ? input.Url(facts) : input.Before?.Url,
            Status = StatusOf(input, verdict, release),
            Posted = input.ReportedFor(release)?.Status,
            Probe = health.Probe,
            Events = [.. Events(input, health)],
            CheckAgainAt = CheckAgain(input, health.CheckAgainAt),
            ExpiresAt = input.ExpiresAt,
            Since = health.Since,
            ReadyAfter = health.ReadyAfter,
        };
    }

    private static IEnumerable<PlannedEvent> Events(EnvironmentInput input, EnvironmentHealth health)
    {
        if (health.IsNewlyReady && input.Spec.Readiness is not Readiness.Applied)
            yield return EventNotes.Ready(input.PrNumber);
        if (health.IsNewlySilent)
            yield return EventNotes.FluxSilent(input.PrNumber, health.Verdict.Message);
        if (!health.IsNewlyFailed)
            yield break;
        yield return Failed(input, health.Verdict);
    }

    private static PlannedEvent Failed(EnvironmentInput input, Verdict verdict)
    {
        var reason = verdict.Reason is Reasons.EnvUnhealthy or Reasons.URLNotUnique ? verdict.Reason : Reasons.EnvFailed;
        return EventNotes.Failed(reason, input.PrNumber, verdict.Message);
    }

    private static TimeSpan FirstCheck(TimeSpan timeout) =>
        timeout > TimeSpan.Zero && timeout < FluxWait.SilenceGrace ? timeout : FluxWait.SilenceGrace;

    // Nothing but time itself makes it expire or fall asleep.
    private static DateTimeOffset? CheckAgain(EnvironmentInput input, DateTimeOffset? at) =>
        Moments.Earliest(Moments.Earliest(at, input.Idleness.CheckAgainAt), input.Sleepiness.CheckAgainAt);

    /// <summary>
    /// A sentence after a space; empty unless the head commit waits while an older one stays installed, or it is not known whether it may
    /// stay.
    /// </summary>
    public static string Pinned(EnvironmentInput input) =>
        input.IsPinned || input.IsUndecided || input.Approval?.Checks is not null
            ? " " + RowMessages.Waits(input.PullRequest!.HeadSha, input.Approval!)
            : "";
}
