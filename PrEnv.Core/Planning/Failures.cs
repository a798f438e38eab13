using System.Collections.Immutable;

namespace PrEnv.Core.Planning;

/// <summary>Words and events for what could not be done. Each is told once, when it begins.</summary>
internal static class Failures
{
    public static string Sentence(ActionResult result) =>
        $"Unable to {result.Action.Verb} HelmRelease {result.Action.Release}: {Cause(result)}";

    public static string NotTold(ReportFailure failure) => $"Its commit status could not be posted: {Text.Excerpt(failure.Message)}";

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

    /// <summary>The same for commit statuses.</summary>
    public static IEnumerable<PlannedEvent> Events(PreviousRows before, Dictionary<int, ReportFailure> untold) =>
        untold.Values
            .Where(f => before[f.PrNumber] is { } row
                ? row.Message?.Contains(NotTold(f), StringComparison.Ordinal) != true
                : before.AreComplete)
            .OrderBy(f => f.PrNumber)
            .GroupBy(f => Text.Excerpt(f.Message), StringComparer.Ordinal)
            .Select(g => PlannedEvent.Warning(
                EventReasons.StatusReportFailed, "Report", $"PR {g.First().PrNumber}{More(g.Count())}: {g.Key}", g.First().PrNumber));

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
