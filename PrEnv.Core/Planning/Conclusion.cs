using System.Collections.Immutable;
using PrEnv.Core.Conditions;
using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Planning;

/// <summary>Turns a plan and what came of it into status and events. Pure.</summary>
public static class Conclusion
{
    /// <summary>The commit statuses to post: none for a pull request whose action failed.</summary>
    public static ImmutableArray<EnvironmentDecision> Reportable(Plan plan, IReadOnlyCollection<ActionResult> results)
    {
        var failed = results.Where(r => !r.Succeeded).Select(r => r.Action.PrNumber).ToHashSet();
        return [.. plan.Environments.Where(e => e.Report is not null && !failed.Contains(e.PrNumber))];
    }

    /// <summary>The first status of a resource: somebody is at work.</summary>
    public static PREphemeralEnvControllerStatus Starting(PREphemeralEnvController resource, DateTimeOffset now) => new()
    {
        Message = OverallVerdict.StartingReason,
        Conditions = ConditionList.Update(
            null, now, resource.Metadata.Generation,
            (ConditionList.Ready, "Unknown", OverallVerdict.StartingReason, "Reading the open pull requests."),
            (ConditionList.Reconciling, "True", "Progressing", "Reading the open pull requests.")),
    };

    /// <summary>Status and events.</summary>
    public static Publication Conclude(
        Snapshot snapshot, Plan plan, IReadOnlyCollection<ActionResult> results, IReadOnlyCollection<ReportFailure> reportFailures)
    {
        var failures = results.Where(r => !r.Succeeded).GroupBy(r => r.Action.PrNumber).ToDictionary(g => g.Key, g => g.First());
        var environments = plan.Environments
            .Select(e => failures.TryGetValue(e.PrNumber, out var failure) ? AfterFailure(e, failure) : e)
            .ToImmutableArray();
        var overall = plan.Overall;
        if (overall.Ready == "True" || overall.Reason == "Deleting") overall = WithFailures(overall, failures, reportFailures);
        var status = StatusOf(snapshot, plan, overall, environments);
        IEnumerable<PlannedEvent> events =
        [
            .. plan.Events,
            .. results.Where(r => r.Succeeded).Select(r => r.Action.OnSuccess).OfType<PlannedEvent>(),
            .. environments.SelectMany(e => e.Events),
            .. FailureEvents(snapshot, failures, environments),
            .. ReportEvents(snapshot, overall, reportFailures),
        ];
        return new Publication(status, [.. events]);
    }

    private static EnvironmentDecision AfterFailure(EnvironmentDecision decision, ActionResult failure)
    {
        var conflict = failure is { Action: PlannedAction.Apply { Uid: null }, Failure.IsConflict: true };
        return decision with
        {
            Phase = failure.Action is PlannedAction.Apply ? EnvironmentPhase.Failed : decision.Phase,
            Reason = conflict ? EventReasons.NameConflict : failure.Action.FailureReason,
            Message = Sentence(failure),
            Events = [],
            Probe = null,
        };
    }

    private static string Sentence(ActionResult result) =>
        $"Unable to {result.Action.Verb} HelmRelease {result.Action.Release}: {Cause(result)}";

    private static string Cause(ActionResult result) => result.Failure switch
    {
        { IsNotFound: true } when result.Action is PlannedAction.Apply { Uid: null } =>
            $"namespace {result.Action.Release.Namespace} does not exist; create it.",
        { IsUnreachable: true } => "the API server could not be reached.",
        { Code: 403 } failure => $"the API server forbids it: {Text.Excerpt(failure.Message)}",
        { } failure => Text.Excerpt(failure.Message),
        null => "",
    };

    private static OverallVerdict WithFailures(
        OverallVerdict overall, Dictionary<int, ActionResult> failures, IReadOnlyCollection<ReportFailure> reportFailures)
    {
        if (failures.Count > 0)
        {
            var first = failures.Values.MinBy(f => f.Action.PrNumber)!;
            return new OverallVerdict("False", first.Action.FailureReason, $"PR {first.Action.PrNumber}{More(failures.Count)}: {Sentence(first)}", Reconciling: true);
        }

        return reportFailures.MinBy(f => f.PrNumber) is { } report && overall.Ready == "True"
            ? new OverallVerdict(
                "False", EventReasons.StatusReportFailed, $"PR {report.PrNumber}{More(reportFailures.Count)}: {report.Message}",
                Reconciling: !report.Permanent)
            : overall;
    }

    private static string More(int count) => count > 1 ? $" and {count - 1} more" : "";

    // A hundred pull requests with one cause are one event.
    private static IEnumerable<PlannedEvent> FailureEvents(
        Snapshot snapshot, Dictionary<int, ActionResult> failures, ImmutableArray<EnvironmentDecision> environments)
    {
        var before = snapshot.Resource.Status?.Environments?.GroupBy(e => e.PrNumber).ToDictionary(g => g.Key, g => g.First()) ?? [];
        var news = environments.Where(e =>
            failures.ContainsKey(e.PrNumber) && (!before.TryGetValue(e.PrNumber, out var row) || row.Reason != e.Reason || row.Message != e.Message));
        foreach (var group in news.GroupBy(e => (e.Reason, Cause: Cause(failures[e.PrNumber]))))
        {
            var (first, count) = (group.First(), group.Count());
            var action = failures[first.PrNumber].Action;
            yield return count == 1
                ? PlannedEvent.Warning(group.Key.Reason, "Apply", $"PR {first.PrNumber}: {first.Message}", first.PrNumber)
                : PlannedEvent.Warning(
                    group.Key.Reason, "Apply", $"Unable to {action.Verb} the HelmReleases of {count} pull requests in {action.Release.Namespace}: {group.Key.Cause}");
        }
    }

    private static IEnumerable<PlannedEvent> ReportEvents(
        Snapshot snapshot, OverallVerdict overall, IReadOnlyCollection<ReportFailure> reportFailures)
    {
        if (reportFailures.Count == 0) return [];
        var ready = snapshot.Resource.Status?.Condition(ConditionList.Ready);
        return overall.Reason == EventReasons.StatusReportFailed && ready?.Reason == overall.Reason && ready.Message == overall.Message
            ? []
            : reportFailures
                .GroupBy(f => f.Message, StringComparer.Ordinal)
                .Select(g => PlannedEvent.Warning(
                    EventReasons.StatusReportFailed, "Report", $"PR {g.First().PrNumber}{More(g.Count())}: {g.Key}", g.First().PrNumber));
    }

    private static PREphemeralEnvControllerStatus StatusOf(
        Snapshot snapshot, Plan plan, OverallVerdict overall, ImmutableArray<EnvironmentDecision> environments)
    {
        var resource = snapshot.Resource;
        var before = resource.Status;
        var status = new PREphemeralEnvControllerStatus
        {
            ObservedGeneration = resource.Metadata.Generation,
            Conditions = ConditionsOf(snapshot, overall),
            Message = overall.Reason,
            LastHandledReconcileAt = resource.Metadata.Annotation(PREphemeralEnvController.ReconcileRequestAnnotation) ?? before?.LastHandledReconcileAt,
            OpenPullRequests = plan.OpenPullRequests ?? before?.OpenPullRequests,
            EnvironmentsReady = before?.EnvironmentsReady,
            EnvironmentsTotal = before?.EnvironmentsTotal,
            Environments = before?.Environments,
        };
        if (plan.KeepsEnvironments) return status;

        // While GitHub is away, what was said of pull requests without a release still stands.
        var rows = (before?.Environments ?? []).GroupBy(e => e.PrNumber).ToDictionary(g => g.Key, g => g.First());
        var kept = snapshot.Listing is PullRequestListing.Unavailable
            ? rows.Values.Where(r => r.HelmRelease is null && environments.All(e => e.PrNumber != r.PrNumber))
            : [];
        return status with
        {
            EnvironmentsReady = environments.Count(e => e.Phase == EnvironmentPhase.Ready),
            EnvironmentsTotal = environments.Count(e => e.Release is not null),
            Environments =
            [
                .. environments.Select(e => Row(e, rows.GetValueOrDefault(e.PrNumber), snapshot.Now)).Concat(kept)
                    .OrderBy(r => r.PrNumber)
                    .Take(PREphemeralEnvControllerStatus.MaxEnvironments),
            ],
        };
    }

    private static EnvironmentStatus Row(EnvironmentDecision decision, EnvironmentStatus? before, DateTimeOffset now) => new()
    {
        PrNumber = decision.PrNumber,
        HeadSha = decision.Sha,
        Phase = decision.Phase,
        Reason = decision.Reason,
        Message = decision.Message,
        HelmRelease = decision.Release?.ToString(),
        Url = decision.Url,
        Since = before?.Since is { } since && before.Phase == decision.Phase && before.HeadSha == decision.Sha ? since : Timestamp.Truncate(now),
    };

    private static ImmutableArray<Condition> ConditionsOf(Snapshot snapshot, OverallVerdict overall)
    {
        List<(string Type, string Status, string Reason, string Message)> wanted = [(ConditionList.Ready, overall.Ready, overall.Reason, overall.Message)];
        if (overall.Reconciling) wanted.Add((ConditionList.Reconciling, "True", "Progressing", overall.Message));
        if (overall.Stalled) wanted.Add((ConditionList.Stalled, "True", overall.Reason, overall.Message));
        return ConditionList.Update(
            snapshot.Resource.Status?.Conditions, snapshot.Now, snapshot.Resource.Metadata.Generation,
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(wanted));
    }
}
