using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning;

/// <summary>A plan and what is published of it, as text that a person can read and a test can compare.</summary>
internal static class PlanText
{
    /// <summary>What happens when every action succeeds.</summary>
    public static string Of(World world) => Of(world, _ => null, []);

    public static string Of(
        World world, Func<PlannedAction, Core.Objects.ApiStatus?> failure, IReadOnlyCollection<ReportFailure> unreported)
    {
        var snapshot = world.Snapshot();
        var plan = EnvironmentReconciler.Reconcile(snapshot);
        var results = new List<ActionResult>();
        foreach (var action in plan.Actions.Where(a => !ActionResults.IsBlocked(a, results)))
            results.Add(new ActionResult(action, null, failure(action)));
        var published = Conclusion.Conclude(Prepared(snapshot, plan), plan, results, unreported);
        var told = Conclusion.Reportable(plan, results).ToDictionary(d => d.PrNumber, d => d.Report!);
        var text = new StringBuilder();
        var ready = published.Status.Condition("Ready")!;
        Line($"Ready={ready.Status} {published.Status.Message}{Also("Stalled")}{Also("Reconciling")}: {ready.Message}");
        if (plan.Finalizer != FinalizerChange.None)
            Line($"finalizer: {plan.Finalizer}");
        if (plan.KeepsEnvironments)
            Line($"rows stay");
        else
            AddRows();
        foreach (var effect in plan.CommandEffects is { } effects ? Of(effects, CommandEffects.Read(world.Resource)) : [])
            Line($"{effect}");
        foreach (var planned in published.Events)
            Line($"event {planned.Type} {planned.Reason}: {planned.Note}");
        return text.ToString();

        void AddRows()
        {
            foreach (var row in published.Status.Environments!)
            {
                var decision = plan.Environments.FirstOrDefault(e => e.PrNumber == row.PrNumber);
                var (head, rule) = (Sha.Short(row.HeadSha ?? "-"), decision?.Rule ?? "the last status");
                Line($"PR {row.PrNumber} {row.Phase}/{row.Reason} {head} by {rule}: {row.Message}");
                if (row.Waiting is { } waiting)
                    Line($"  {Sha.Short(waiting.HeadSha ?? "-")} waits for {waiting.Reason} since {Time(waiting.Since!.Value)}");
                if (row.ExpiresAt is { } expiry)
                    Line($"  expires at {Time(expiry)}");
                if (decision is null)
                    continue;
                foreach (var action in decision.Actions)
                    Line($"  {Of(action)}");
                if (told.TryGetValue(row.PrNumber, out var status))
                    Line($"  tell {Of(status)}");
                if (decision.Probe is { } probe)
                    Line($"  probe {probe.Revision.Url} of generation {probe.Revision.Generation}, patient until {Time(probe.Deadline)}");
                if (decision.CheckAgainAt is { } at)
                    Line($"  look again at {Time(at)}");
            }
        }

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        string Also(string type) => published.Status.Condition(type) is null ? "" : " " + type;
    }

    private static IEnumerable<string> Of(CommandEffects now, CommandEffects before)
    {
        if (now.Expired.Count + before.Expired.Count > 0)
            yield return $"expired: {string.Join(", ", now.Expired.Keys)}";
        if (!now.Asleep.SequenceEqual(before.Asleep))
            yield return $"asleep: {string.Join(", ", now.Asleep.Keys)}";
        if (!now.Kept.SequenceEqual(before.Kept))
        {
            var kept = now.Kept.Select(k => string.Create(CultureInfo.InvariantCulture, $"{k.Key} until {k.Value}"));
            yield return $"kept: {string.Join(", ", kept)}";
        }
    }

    public static string Of(PlannedAction action) => action switch
    {
        PlannedAction.Apply { Uid: null } => $"create {action.Release}",
        PlannedAction.Apply apply => $"update {action.Release} ({apply.Why})",
        PlannedAction.Delete { Unsuspend: true } => $"un-suspend and delete {action.Release}",
        PlannedAction.Delete => $"delete {action.Release}",
        PlannedAction.UpdateNamespace update => $"update {action.Target} ({update.Why})",
        { IsOnNamespace: true } => $"{action.Verb} {action.Target}",
        _ => $"{action.Verb} {action.Release}",
    };

    public static string Of(CommitStatus status) =>
        $"{status.State.Word()} {Sha.Short(status.Sha)} \"{status.Description}\"{(status.TargetUrl is { } url ? $" {url}" : "")}"
        + (status.Shown is { } shown ? $"; shown as {Of(shown)}" : "");

    private static string Time(DateTimeOffset time) => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>With the resource as the API server answers to what a plan writes to it.</summary>
    public static Snapshot Prepared(Snapshot snapshot, Plan plan)
    {
        var annotations = (snapshot.Resource.Metadata.Annotations ?? ImmutableDictionary<string, string>.Empty)
            .ToDictionary(StringComparer.Ordinal);
        if (plan.NotesNamespaces)
            annotations[PREphemeralEnvController.NamespacesAnnotation] = PREphemeralEnvController.HasNamespaces;
        if (plan.CommandEffects is { } effects)
            annotations[PREphemeralEnvController.CommandEffectsAnnotation] = effects.ToJson() ?? "";
        var metadata = snapshot.Resource.Metadata with { Annotations = annotations };
        if (plan.Finalizer == FinalizerChange.Add)
            metadata = metadata with { Finalizers = [PREphemeralEnvController.Finalizer] };
        return snapshot with { Resource = snapshot.Resource with { Metadata = metadata } };
    }
}
