using System.Collections.Immutable;
using PrEnv.Core.Environments.Rules;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using PrEnv.Core.Texts;

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
            .OrderBy(o => o.Number).ThenBy(o => o.Release.Metadata.Namespace, StringComparer.Ordinal)
            .ToImmutableArray();
        if (owned.IsEmpty) return Ending("It has no HelmReleases any more.", FinalizerChange.Remove);
        return (resource.Spec.DeletionPolicy ?? SpecDefaults.DeletionPolicy) switch
        {
            SpecDefaults.DeletionPolicy => Delete(owned),
            SpecDefaults.OrphanPolicy => Orphan(owned, snapshot.Now),
            // A slip of the pen is no reason to uninstall anything.
            var other => Ending(
                $"spec.deletionPolicy is \"{Text.Excerpt(other, 60)}\"; it must be Delete or Orphan. Nothing is done until it is.",
                FinalizerChange.None),
        };
    }

    // Nothing of Kubernetes tells that the labels are off: the next look, which removes the finalizer, is soon.
    private static Plan Orphan(ImmutableArray<(int Number, HelmRelease Release)> owned, DateTimeOffset now)
    {
        var themselves = owned.Length == 1 ? "itself" : "themselves";
        return Ending($"deletionPolicy is Orphan: {Count(owned.Length, "HelmRelease")} left to {themselves}.", FinalizerChange.None) with
        {
            KeepsEnvironments = false,
            Environments =
            [
                .. owned.GroupBy(o => o.Number).Select(g => Decision(
                    g.Key, g.First().Release, EnvironmentPhase.Held, "Orphaned", "deletionPolicy is Orphan: it is left to itself.") with
                {
                    Actions = [.. g.Select(o => new PlannedAction.Disown(o.Number, KeyOf(o.Release), o.Release.Metadata.Uid))],
                    LookAt = now + TimeSpan.FromSeconds(1),
                }),
            ],
        };
    }

    private static Plan Delete(ImmutableArray<(int Number, HelmRelease Release)> owned) =>
        Ending(
            $"{Count(owned.Length, "environment")} being uninstalled by Flux. If Flux is gone for good, set spec.deletionPolicy to Orphan.",
            FinalizerChange.None) with
        {
            KeepsEnvironments = false,
            Environments =
            [
                .. owned.GroupBy(o => o.Number).Select(g => Decision(
                    g.Key, g.First().Release, EnvironmentPhase.Deleting, "ResourceDeleted",
                    $"The resource is being deleted. Flux is uninstalling its environment.{Deletions.Trouble(g.First().Release)}") with
                {
                    Actions = [.. g.Where(o => o.Release.Metadata.DeletionTimestamp is null).Select(o => Deletions.Of(o.Release, o.Number))],
                }),
            ],
        };

    private static EnvironmentDecision Decision(int number, HelmRelease release, string phase, string reason, string message) => new()
    {
        PrNumber = number,
        Rule = nameof(Teardown),
        Sha = ReleaseValues.Read(release.Spec).Commit,
        Phase = phase,
        Reason = reason,
        Message = message,
        Release = KeyOf(release),
    };

    private static ResourceKey KeyOf(HelmRelease release) => new(release.Metadata.Namespace, release.Metadata.Name);

    private static string Count(int count, string what) => count == 1 ? $"1 {what} is" : $"{count} {what}s are";

    private static Plan Ending(string message, FinalizerChange finalizer) => new()
    {
        Overall = new OverallVerdict("False", "Deleting", message, Reconciling: true),
        Finalizer = finalizer,
        KeepsEnvironments = true,
    };
}
