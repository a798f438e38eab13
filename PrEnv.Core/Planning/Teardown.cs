using System.Collections.Immutable;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Planning;

/// <summary>The end of a resource. Needs neither a valid spec nor GitHub nor Flux.</summary>
internal static class Teardown
{
    public static bool HasFinalizer(PREphemeralEnvController resource) =>
        resource.Metadata.Finalizers?.Contains(PREphemeralEnvController.Finalizer, StringComparer.Ordinal) == true;

    public static Plan Plan(Snapshot snapshot)
    {
        var resource = snapshot.Resource;
        if (!HasFinalizer(resource)) return Ending("Is being deleted.", FinalizerChange.None);
        if (resource.Spec.Suspend == true)
        {
            return Ending(
                "spec.suspend is true, so nothing is deleted, and this resource waits. Set it to false to go on; with deletionPolicy Orphan the environments stay.",
                FinalizerChange.None);
        }

        // Without Flux's CRDs there are no HelmReleases either: Kubernetes deletes them with their definition.
        if (snapshot.Flux == FluxState.NotInstalled) return Ending("Flux is not installed: there is nothing to delete.", FinalizerChange.Remove);
        if (snapshot.Flux == FluxState.Syncing) return Ending("Reading the HelmReleases of the cluster.", FinalizerChange.None);

        var owned = snapshot.Releases
            .Select(r => (Number: Ownership.PrNumberIfOwned(r, resource), Release: r))
            .Where(o => o.Number is not null)
            .Select(o => (Number: o.Number!.Value, o.Release))
            .OrderBy(o => o.Number)
            .ToImmutableArray();
        if (owned.IsEmpty) return Ending("All its environments are gone.", FinalizerChange.Remove);
        return resource.Spec.DeletionPolicy == "Orphan" ? Orphan(owned) : Delete(owned);
    }

    private static Plan Orphan(ImmutableArray<(int Number, HelmRelease Release)> owned) =>
        Ending($"deletionPolicy is Orphan: {owned.Length} HelmReleases are left to themselves.", FinalizerChange.None) with
        {
            Teardown = [.. owned.Select(o => new PlannedAction.Disown(
                o.Number, new Model.ResourceKey(o.Release.Metadata.Namespace, o.Release.Metadata.Name), o.Release.Metadata.Uid))],
        };

    private static Plan Delete(ImmutableArray<(int Number, HelmRelease Release)> owned)
    {
        const string Why = "The resource is being deleted.";
        return Ending($"Flux is uninstalling {owned.Length} environments.", FinalizerChange.None) with
        {
            KeepsEnvironments = false,
            Environments =
            [
                .. owned.GroupBy(o => o.Number).Select(g => new EnvironmentDecision
                {
                    PrNumber = g.Key,
                    Rule = nameof(Teardown),
                    Sha = ReleaseValues.Read(g.First().Release.Spec.Values).PrSha,
                    Phase = EnvironmentPhase.Deleting,
                    Reason = "ResourceDeleted",
                    Message = $"{Why} Flux is uninstalling its environment.",
                    Release = new Model.ResourceKey(g.First().Release.Metadata.Namespace, g.First().Release.Metadata.Name),
                    Actions = [.. g.Where(o => o.Release.Metadata.DeletionTimestamp is null).Select(o => Rules.Deletions.Of(o.Release, o.Number))],
                }),
            ],
        };
    }

    private static Plan Ending(string message, FinalizerChange finalizer) => new()
    {
        Overall = new OverallVerdict("False", "Deleting", message, Reconciling: true),
        Finalizer = finalizer,
        KeepsEnvironments = true,
    };
}
