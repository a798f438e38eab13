using System.Globalization;
using System.Text.Json;
using PrEnv.Controller.Terminal;
using PrEnv.Core.Explaining;
using PrEnv.Core.Model;
using PrEnv.Core.Releases;

namespace PrEnv.Controller.Commands;

/// <summary>A plan for people: a line for each pull request, and below it what an update changes.</summary>
internal static class PlanText
{
    private const int MostOfAValue = 60;

    // Several of them, and names of objects are long.
    private const int MostOfActions = 200;

    public static IEnumerable<string> Lines(PlanExplanation plan, int? columns, TerminalStyle style)
    {
        var open = plan.OpenPullRequests is { } count ? $", open pull requests: {Number(count)}" : "";
        var repository = plan.Repository is { } name ? $" ({TerminalText.Clean(name)})" : "";
        yield return style.Bold($"{plan.Resource}{repository}") + open;
        if (plan.Overall.Ready != "True")
            yield return "  " + style.Bad(plan.Overall.Reason) + ": " + TerminalText.Clean(plan.Overall.Message);
        if (plan.Finalizer is { } finalizer)
            yield return $"  {finalizer} the finalizer of the resource";
        if (plan.NewCommands > 0)
            yield return $"  take up new commands in comments: {Number(plan.NewCommands)}; what they ask for is not shown here";
        if (!plan.Environments.IsEmpty)
        {
            var table = new TextTable("PR", "VERDICT", "ACTION", "WHY") { MostColumns = MostOfActions };
            foreach (var environment in plan.Environments)
                table.Add(Row(environment, style));
            using var lines = table.Lines(columns - 2, style).GetEnumerator();
            lines.MoveNext();
            yield return "  " + lines.Current;
            foreach (var environment in plan.Environments)
            {
                lines.MoveNext();
                yield return "  " + lines.Current;
                foreach (var change in environment.Next.Actions.SelectMany(a => a.Changes))
                    yield return "      " + Change(change, style);
            }
        }

        yield return "";
    }

    /// <summary>The last line.</summary>
    public static string Summary(IReadOnlyCollection<PlanExplanation> plans)
    {
        if (!plans.Any(p => p.HasChanges))
            return "Nothing to do.";
        List<EnvironmentExplanation> all = [.. plans.SelectMany(p => p.Environments)];
        var actions = all.SelectMany(e => e.Next.Actions).CountBy(a => a.Verb).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"{Number(g.Value)} to {g.Key}");
        var reports = all.Sum(e => Reports(e.Reports).Count());
        return $"Plan: {string.Join(", ", actions.Append($"{Number(reports)} to report to GitHub"))}. Nothing was written.";
    }

    private static TextCell[] Row(EnvironmentExplanation environment, TerminalStyle style)
    {
        var actions = environment.Next.Actions.Select(Action).Concat(Reports(environment.Reports)).ToList();
        return
        [
            Number(environment.PrNumber),
            new TextCell(environment.Phase, text => style.Phase(text, environment.Phase)),
            actions.Count == 0 ? "-" : string.Join("; ", actions),
            $"{environment.Reason}: {environment.Message}",
        ];
    }

    /// <summary>What is written, in short.</summary>
    public static string Action(ActionExplanation action) => action.Kind == ActionTarget.Namespace
        ? $"{action.Verb} namespace {action.Name}"
        : $"{action.Verb} {action.Namespace}/{action.Name}";

    private static IEnumerable<string> Reports(ReportsExplanation reports)
    {
        if (reports.Due is { } status)
            yield return "report " + (status.Shown ?? status).State.Word();
        if (reports.DueDeployment is { } deployment)
            yield return "show deployment " + deployment.State.Word();
        if (reports.CommentIsDue)
            yield return "write comment";
        foreach (var group in reports.DueMergeGroups)
            yield return $"report {group.State.Word()} to merge group {Sha.Short(group.Sha)}";
        if (reports.CleanupIsDue)
            yield return "delete deployments";
    }

    private static string Change(FieldChange change, TerminalStyle style) => (change.Before, change.After) switch
    {
        (null, null) => style.Bad($"- {change.Path}: fields that are no longer asked for"),
        (null, { } after) => style.Good($"+ {TerminalText.Clean(change.Path)}: {Value(after)}"),
        ({ } before, null) => style.Bad($"- {TerminalText.Clean(change.Path)}: {Value(before)}"),
        ({ } before, { } after) => style.Waiting($"~ {TerminalText.Clean(change.Path)}: {Value(before)} -> {Value(after)}"),
    };

    private static string Value(JsonElement value) => TerminalText.Clean(value.GetRawText(), MostOfAValue);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
