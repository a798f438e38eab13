using System.Collections.Immutable;
using PrEnv.Core.Environments;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Planning;

/// <summary>Events about failed writes. Each failure is reported once, when it begins.</summary>
internal static class FailureNews
{
    /// <summary>Reason of the event and of the condition.</summary>
    public static string ReasonOf(ReportFailure failure) =>
        failure.What is ReportKind.CommitStatus or ReportKind.MergeGroup ? Reasons.StatusReportFailed : Reasons.ReportFailed;

    /// <summary>A hundred pull requests with the same cause give one event.</summary>
    public static IEnumerable<PlannedEvent> OfActions(
        Snapshot snapshot, PreviousRows before, ImmutableArray<EnvironmentDecision> environments, Dictionary<int, ActionResult> failures) =>
        environments.Where(e => failures.TryGetValue(e.PrNumber, out var failure) && IsNews(snapshot, before, e, failure))
            .GroupBy(e => (e.Reason, failures[e.PrNumber].Action.Verb, Cause: FailureMessages.Cause(failures[e.PrNumber])))
            .Select(group =>
            {
                var (failure, count) = (failures[group.First().PrNumber], group.Count());
                var number = failure.Action.PrNumber;
                return count == 1
                    ? PlannedEvent.Warning(group.Key.Reason, "Apply", $"PR {number}: {FailureMessages.Of(failure)}", number)
                    : PlannedEvent.Warning(group.Key.Reason, "Apply", FailureMessages.OfMany(failure, count));
            });

    /// <summary>The same for reports that could not be sent to GitHub.</summary>
    public static IEnumerable<PlannedEvent> OfReports(Snapshot snapshot, ILookup<int, ReportFailure> unreported) =>
        unreported.SelectMany(u => u)
            .Where(f => !IsKnown(snapshot, f))
            .OrderBy(f => f.PrNumber)
            .GroupBy(f => (Reason: ReasonOf(f), f.What, Message: Text.Excerpt(f.Message)))
            .Select(g =>
            {
                var number = g.First().PrNumber;
                return PlannedEvent.Warning(g.Key.Reason, "Report", FailureMessages.About(number, g.Count(), g.Key.Message), number);
            });

    // A process that has just started does not know the cause, only the reason.
    private static bool IsNews(Snapshot snapshot, PreviousRows before, EnvironmentDecision decision, ActionResult failure)
    {
        if (snapshot.LastFailures?.GetValueOrDefault(decision.PrNumber) is { } cause && cause != failure.Cause)
            return true;
        return before[decision.PrNumber] is { } row ? row.Phase != decision.Phase || row.Reason != decision.Reason : before.AreComplete;
    }

    // A process that has just started knows only what the condition says.
    private static bool IsKnown(Snapshot snapshot, ReportFailure failure) => snapshot.Unreported is { } known
        ? failure.What == ReportKind.Cleanup
            ? known.Any(k => k.What == ReportKind.Cleanup)
            : known.Contains((failure.PrNumber, failure.What))
        : snapshot.Resource.Status?.Condition(ConditionList.Ready)?.Reason == ReasonOf(failure);
}
