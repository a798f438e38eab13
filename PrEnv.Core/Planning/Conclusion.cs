using System.Collections.Immutable;
using PrEnv.Core.Environments;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Planning;

/// <summary>Turns a plan and its results into status and events. Pure.</summary>
public static class Conclusion
{
    // The schema's bounds: a longer text from elsewhere must not make the whole status unwritable.
    private const int MaxRowMessage = 4096;

    private const int MaxHandled = 1024;

    /// <summary>The commit statuses to post: none for a pull request whose action failed.</summary>
    public static ImmutableArray<EnvironmentDecision> Reportable(Plan plan, IReadOnlyCollection<ActionResult> results) =>
        [.. Told(plan, results).Where(e => e.Report is not null)];

    /// <summary>
    /// The commit statuses of merge groups' head commits: each is what the head of the group's pull request shows. None for a pull request
    /// that is not open any more, or whose action failed.
    /// </summary>
    public static ImmutableArray<(int PrNumber, CommitStatus Status)> ForMergeGroups(
        Snapshot snapshot, Plan plan, IReadOnlyCollection<ActionResult> results)
    {
        if (snapshot.Spec.Spec is not { ReportsToMergeQueue: true } || snapshot.Listing is not PullRequestListing.Complete complete)
            return [];
        var groups = MergeGroups.Of(snapshot.Resource.Metadata, snapshot.Now);
        if (groups.IsEmpty)
            return [];
        var heads = complete.PullRequests.ToDictionary(p => p.Number, p => p.HeadSha);
        var decisions = Told(plan, results).ToDictionary(e => e.PrNumber);
        return
        [
            .. from @group in groups
            where heads.ContainsKey(@group.PrNumber) && decisions.ContainsKey(@group.PrNumber)
            let decision = decisions[@group.PrNumber]
            // A verdict that stays as it was posted.
            let status = decision.Status ?? (decision.Posted?.Sha == heads[@group.PrNumber] ? decision.Posted : null)
            where status is not null
            select (@group.PrNumber, (status.Shown ?? status) with { Sha = @group.Sha, Shown = null }),
        ];
    }

    /// <summary>The pull requests none of whose actions failed: what the plan says about them is now true.</summary>
    public static IEnumerable<EnvironmentDecision> Done(Plan plan, IReadOnlyCollection<ActionResult> results)
    {
        var failed = Failed(results);
        return plan.Environments.Where(e => !failed.Contains(e.PrNumber));
    }

    /// <summary>The first status of a resource: it shows that the controller has started work on it.</summary>
    public static PREphemeralEnvControllerStatus Starting(PREphemeralEnvController resource, DateTimeOffset now) => new()
    {
        Message = Reasons.Starting,
        Conditions = ConditionList.Update(
            null, now, resource.Metadata.Generation,
            (ConditionList.Ready, "Unknown", Reasons.Starting, OverallMessages.Starting),
            (ConditionList.Reconciling, "True", Reasons.Progressing, OverallMessages.Starting)),
    };

    /// <summary>Status and events.</summary>
    public static Publication Conclude(
        Snapshot snapshot, Plan plan, IReadOnlyCollection<ActionResult> results, IReadOnlyCollection<ReportFailure> reportFailures)
    {
        var failures = results.Where(r => !r.Succeeded).GroupBy(r => r.Action.PrNumber)
            .ToDictionary(
                g => g.Key, g => g.OrderBy(f => f.Action.Step).ThenBy(f => f.Action.Target, StringComparer.Ordinal).First());
        var unreported = reportFailures.DistinctBy(f => (f.PrNumber, f.What)).OrderBy(f => f.What).ToLookup(f => f.PrNumber);
        var overridden = OverrideNews.FieldsOf(results);
        var environments = plan.Environments
            .Select(e => overridden.TryGetValue(e.PrNumber, out var o) ? EnvironmentRows.WithOverridden(e, o.Found.Fields) : e)
            .Select(e => failures.TryGetValue(e.PrNumber, out var failure) ? AfterFailure(e, failure) : e)
            .Select(e => unreported.Contains(e.PrNumber)
                ? e with { Message = string.Join(' ', [e.Message, .. unreported[e.PrNumber].Select(FailureMessages.Unreported)]) }
                : e)
            .ToImmutableArray();
        var overall = plan.Overall;
        if (overall.Ready == "True" || overall.Reason == Reasons.Deleting)
            overall = WithFailures(overall, environments, failures, unreported);
        var before = PreviousRows.Of(snapshot);
        IEnumerable<PlannedEvent> events =
        [
            .. plan.Events,
            .. results.Where(r => r.Succeeded).OrderBy(r => r.Action.PrNumber).Select(r => r.Action.OnSuccess).OfType<PlannedEvent>(),
            .. environments.SelectMany(e => e.Events),
            .. OverrideNews.OfResource(snapshot, plan),
            .. OverrideNews.Events(snapshot, overridden),
            .. FailureNews.OfActions(snapshot, before, environments, failures),
            .. FailureNews.OfReports(snapshot, unreported),
        ];
        // Two releases of one pull request that are removed at the same time are one piece of news.
        var rows = RowsOf(snapshot, plan, environments, before);
        return new Publication(StatusOf(snapshot, plan, overall, environments, rows), [.. events.Distinct()])
        {
            Rows = rows,
            ReadyAfter = [.. environments.Select(e => e.ReadyAfter).OfType<TimeSpan>()],
        };
    }

    // Another pull request with the same head shows what was told of this one before its action failed.
    private static IEnumerable<EnvironmentDecision> Told(Plan plan, IReadOnlyCollection<ActionResult> results)
    {
        var failed = Failed(results);
        return DueStatuses.Share(plan.Environments.Select(e => failed.Contains(e.PrNumber) ? e with { Status = null } : e))
            .Where(e => !failed.Contains(e.PrNumber));
    }

    private static HashSet<int> Failed(IReadOnlyCollection<ActionResult> results) =>
        [.. results.Where(r => !r.Succeeded).Select(r => r.Action.PrNumber)];

    private static EnvironmentDecision AfterFailure(EnvironmentDecision decision, ActionResult failure)
    {
        var isNew = failure.Action is PlannedAction.Apply { Uid: null }
            || (failure.Action is PlannedAction.CreateNamespace && decision.Actions.Any(a => a is PlannedAction.Apply { Uid: null }));
        var isApply = failure.Action is PlannedAction.Apply or PlannedAction.CreateNamespace;
        return decision with
        {
            Phase = isApply ? EnvironmentPhase.Failed : decision.Phase,
            Reason = failure.Failure!.Reason == Reasons.FieldOverridden ? Reasons.FieldOverridden
                : isNew && failure.Failure.IsConflict ? Reasons.NameConflict
                : failure.Action.FailureReason,
            Message = FailureMessages.Of(failure),
            Release = isNew ? null : decision.Release,
            Url = isNew ? null : decision.Url,
            ExpiresAt = isNew ? null : decision.ExpiresAt,
            Events = [],
            Probe = null,
            ReadyAfter = null,
        };
    }

    private static OverallVerdict WithFailures(
        OverallVerdict overall, ImmutableArray<EnvironmentDecision> environments,
        Dictionary<int, ActionResult> failures, ILookup<int, ReportFailure> unreported)
    {
        if (environments.FirstOrDefault(e => failures.ContainsKey(e.PrNumber)) is { } first)
        {
            var message = FailureMessages.About(first.PrNumber, failures.Count, FailureMessages.Of(failures[first.PrNumber]));
            return new OverallVerdict("False", first.Reason, message, Reconciling: true);
        }

        // A refusal for good is about one pull request: its row says so, and the others are well.
        var passing = unreported.SelectMany(u => u).Where(f => !f.Permanent).OrderBy(f => f.What).ThenBy(f => f.PrNumber).ToList();
        if (passing.Count == 0 || overall.Ready != "True")
            return overall;
        var (report, count) = (passing[0], passing.Select(f => f.PrNumber).Distinct().Count());
        return new OverallVerdict(
            "False", FailureNews.ReasonOf(report), FailureMessages.About(report.PrNumber, count, Text.Excerpt(report.Message)),
            Reconciling: true);
    }

    private static PREphemeralEnvControllerStatus StatusOf(
        Snapshot snapshot, Plan plan, OverallVerdict overall, ImmutableArray<EnvironmentDecision> environments,
        ImmutableArray<EnvironmentStatus> rows)
    {
        var resource = snapshot.Resource;
        var before = resource.Status;
        var status = new PREphemeralEnvControllerStatus
        {
            ObservedGeneration = resource.Metadata.Generation,
            Conditions = ConditionsOf(snapshot, overall),
            Message = overall.Reason,
            LastHandledReconcileAt = Handled(resource),
            OpenPullRequests = plan.OpenPullRequests ?? before?.OpenPullRequests,
            EnvironmentsReady = before?.EnvironmentsReady,
            EnvironmentsTotal = before?.EnvironmentsTotal,
            Environments = before?.Environments,
        };
        return plan.KeepsEnvironments
            ? status
            : status with
            {
                EnvironmentsReady = environments.Count(e => e.Phase == EnvironmentPhase.Ready),
                EnvironmentsTotal = environments.Count(e => e.Release is not null),
                Environments = [.. rows.Take(PREphemeralEnvControllerStatus.MaxEnvironments)],
            };
    }

    private static ImmutableArray<EnvironmentStatus> RowsOf(
        Snapshot snapshot, Plan plan, ImmutableArray<EnvironmentDecision> environments, PreviousRows rows)
    {
        if (plan.KeepsEnvironments)
            return [.. rows.All];

        // While GitHub is unavailable, what was reported about pull requests without a release still holds.
        var known = environments.Select(e => e.PrNumber).ToHashSet();
        var kept = snapshot.Listing is PullRequestListing.Complete || snapshot.Resource.Metadata.DeletionTimestamp is not null
            ? []
            : rows.All.Where(r => r.HelmRelease is null && !known.Contains(r.PrNumber));
        return [.. environments.Select(e => Row(e, rows[e.PrNumber], snapshot.Now)).Concat(kept).OrderBy(r => r.PrNumber)];
    }

    private static string? Handled(PREphemeralEnvController resource) =>
        resource.Metadata.Annotation(PREphemeralEnvController.ReconcileRequestAnnotation) is { } request
            ? Text.Excerpt(request, MaxHandled)
            : resource.Status?.LastHandledReconcileAt;

    private static EnvironmentStatus Row(EnvironmentDecision decision, EnvironmentStatus? before, DateTimeOffset now) => new()
    {
        PrNumber = decision.PrNumber,
        HeadSha = decision.Sha,
        Phase = decision.Phase,
        Reason = decision.Reason,
        Message = Text.Excerpt(decision.Message, MaxRowMessage),
        HelmRelease = decision.Release?.ToString(),
        Url = decision.Url,
        Since = PreviousRows.Since(decision, before, now),
        Waiting = decision.Waiting,
        ExpiresAt = decision.ExpiresAt,
    };

    private static ImmutableArray<Condition> ConditionsOf(Snapshot snapshot, OverallVerdict overall)
    {
        List<(string Type, string Status, string Reason, string Message)> wanted = [
            (ConditionList.Ready, overall.Ready, overall.Reason, overall.Message)];
        if (overall.Reconciling)
            wanted.Add((ConditionList.Reconciling, "True", Reasons.Progressing, overall.Message));
        if (overall.Stalled)
            wanted.Add((ConditionList.Stalled, "True", overall.Reason, overall.Message));
        return ConditionList.Update(
            snapshot.Resource.Status?.Conditions, snapshot.Now, snapshot.Resource.Metadata.Generation,
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(wanted));
    }
}
