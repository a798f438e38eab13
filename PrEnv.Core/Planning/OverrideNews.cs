using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Planning;

/// <summary>Events about fields that an admission policy overrides: one for each pull request and set of fields.</summary>
internal static class OverrideNews
{
    /// <summary>By number: the releases that were applied, but are not as they were sent.</summary>
    public static IReadOnlyDictionary<int, (HelmRelease Release, OverriddenFields Found)> FieldsOf(
        IReadOnlyCollection<ActionResult> results)
    {
        var all = new SortedDictionary<int, (HelmRelease, OverriddenFields)>();
        foreach (var result in results)
        {
            if (result is not { Succeeded: true, Action: PlannedAction.Apply apply, Object: { } written })
                continue;
            var found = Overrides.Of(apply.Desired, written);
            if (found.Fields.Count > 0)
                all[apply.PrNumber] = (written, found);
        }

        return all;
    }

    /// <summary>A hundred pull requests with the same fields give one event; what was known before the apply gives none.</summary>
    public static IEnumerable<PlannedEvent> Events(
        Snapshot snapshot, IReadOnlyDictionary<int, (HelmRelease Release, OverriddenFields Found)> overridden)
    {
        var before = overridden.Count == 0 ? [] : snapshot.Releases.ToDictionary(r => r.Metadata.Uid, StringComparer.Ordinal);
        return overridden
            .Where(o => !o.Value.Found.NamesTheSameAs(
                before.TryGetValue(o.Value.Release.Metadata.Uid, out var known) ? snapshot.OverriddenOf(known) : null))
            .GroupBy(o => string.Join(", ", o.Value.Found.Fields), StringComparer.Ordinal)
            .Select(g => EventNotes.Overridden(g.First().Key, g.Count(), g.First().Value.Found.Fields));
    }

    /// <summary>What was written to the resource itself before the plan was carried out and is not there afterwards.</summary>
    /// <param name="snapshot">With the resource as the API server answered.</param>
    /// <param name="plan">What was to be written.</param>
    public static IEnumerable<PlannedEvent> OfResource(Snapshot snapshot, Plan plan)
    {
        if (plan.Finalizer == FinalizerChange.Add && !Teardown.HasFinalizer(snapshot.Resource))
        {
            yield return EventNotes.NotKept(
                "metadata.finalizers", "Its environments will stay when it is deleted.");
        }

        if (plan.CommandEffects is { } effects && effects != CommandEffects.Read(snapshot.Resource))
        {
            yield return EventNotes.NotKept(
                $"metadata.annotations.{PREphemeralEnvController.CommandEffectsAnnotation}",
                "Commands are forgotten at once, and no environment expires.");
        }

        if (plan.NotesNamespaces && !snapshot.MayHaveNamespaces)
        {
            yield return EventNotes.NotKept(
                $"metadata.annotations.{PREphemeralEnvController.NamespacesAnnotation}",
                "Namespaces of its environments may stay when spec.namespace is removed.");
        }
    }
}
