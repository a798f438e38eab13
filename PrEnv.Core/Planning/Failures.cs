using System.Collections.Immutable;
using PrEnv.Core.Environments;
using PrEnv.Core.Plans;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Planning;

/// <summary>Words and events for what could not be done. Each is told once, when it begins.</summary>
internal static class Failures
{
    public static string Sentence(ActionResult result) =>
        $"Unable to {result.Action.Verb} HelmRelease {result.Action.Release}: {Cause(result)}";

    public static string NotTold(ReportFailure failure) => (failure.What switch
    {
        ReportKind.Deployment => "Its deployment could not be shown: ",
        ReportKind.Comment => "Its comment could not be written: ",
        ReportKind.Reaction => "Its commands could not be taken on: ",
        _ => "Its commit status could not be posted: ",
    }) + Text.Excerpt(failure.Message);

    /// <summary>Reason of the event and the condition.</summary>
    public static string ReasonOf(ReportFailure failure) =>
        failure.What == ReportKind.CommitStatus ? EventReasons.StatusReportFailed : EventReasons.ReportFailed;

    public static string More(int count) => count > 1 ? $" and {count - 1} more" : "";

    /// <summary>A hundred pull requests with one cause are one event.</summary>
    public static IEnumerable<PlannedEvent> Events(
        PreviousRows before, ImmutableArray<EnvironmentDecision> environments, Dictionary<int, ActionResult> failures)
    {
        var news = environments.Where(e => failures.ContainsKey(e.PrNumber) && IsNews(before, e));
        foreach (var group in news.GroupBy(e => (e.Reason, failures[e.PrNumber].Action.Verb, Cause: Cause(failures[e.PrNumber]))))
        {
            var (failure, count) = (failures[group.First().PrNumber], group.Count());
            var (number, where) = (failure.Action.PrNumber, failure.Action.Release.Namespace);
            yield return count == 1
                ? PlannedEvent.Warning(group.Key.Reason, "Apply", $"PR {number}: {Sentence(failure)}", number)
                : PlannedEvent.Warning(
                    group.Key.Reason, "Apply",
                    $"Unable to {group.Key.Verb} the HelmReleases of {count} pull requests in {where}: {group.Key.Cause}");
        }
    }

    /// <summary>The same for what GitHub could not be told.</summary>
    public static IEnumerable<PlannedEvent> Events(PreviousRows before, ILookup<int, ReportFailure> untold) =>
        untold.SelectMany(u => u)
            .Where(f => before[f.PrNumber] is { } row
                ? row.Message?.Contains(NotTold(f), StringComparison.Ordinal) != true
                : before.AreComplete)
            .OrderBy(f => f.PrNumber)
            .GroupBy(f => (Reason: ReasonOf(f), f.What, Message: Text.Excerpt(f.Message)))
            .Select(g => PlannedEvent.Warning(
                g.Key.Reason, "Report", $"PR {g.First().PrNumber}{More(g.Count())}: {g.Key.Message}", g.First().PrNumber));

    private static bool IsNews(PreviousRows before, EnvironmentDecision decision) =>
        before[decision.PrNumber] is { } row
            ? row.Reason != decision.Reason || row.Message?.StartsWith(decision.Message, StringComparison.Ordinal) != true
            : before.AreComplete;

    private static string Cause(ActionResult result) => result.Failure switch
    {
        { IsNotFound: true } failure when failure.Message.StartsWith("namespace", StringComparison.OrdinalIgnoreCase) =>
            $"namespace {result.Action.Release.Namespace} does not exist; create it.",
        { IsUnreachable: true } => "the API server could not be reached.",
        { Code: 403 } failure => $"the API server forbids it: {Text.Excerpt(failure.Message)}",
        { } failure => Text.Excerpt(failure.Message),
        null => "",
    };
}
