using System.Collections.Immutable;
using PrEnv.Core.Environments;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Planning;

/// <summary>The end of a resource. Needs neither a valid spec nor GitHub nor Flux.</summary>
internal static class Teardown
{
    public static bool HasFinalizer(PREphemeralEnvController resource) =>
        resource.Metadata.Finalizers?.Contains(PREphemeralEnvController.Finalizer, StringComparer.Ordinal) == true;

    public static Plan Plan(Snapshot snapshot)
    {
        var resource = snapshot.Resource;
        if (!HasFinalizer(resource))
            return Ending(OverallMessages.Ending, FinalizerChange.None);
        if (resource.Spec.Suspend == true)
            return Ending(OverallMessages.EndingSuspended, FinalizerChange.None);

        // Without Flux's CRDs there are no HelmReleases either: Kubernetes deletes them with their definition.
        if (snapshot.Flux == FluxState.NotInstalled)
            return Ending(OverallMessages.EndingWithoutFlux, FinalizerChange.Remove);
        if (snapshot.Flux == FluxState.Syncing)
            return Ending(OverallMessages.Syncing, FinalizerChange.None);

        // Whether there are any is not known then, and an end that leaves some behind would look like any other.
        if (snapshot.Spec.UnseenDestination is { } unseen)
            return Ending(OverallMessages.EndingUnseen(unseen), FinalizerChange.None);

        var owned = snapshot.Releases
            .Select(r => (Number: Ownership.PrNumberIfOwned(r, resource), Release: r))
            .Where(o => o.Number is not null)
            .Select(o => (Number: o.Number!.Value, o.Release))
            .OrderBy(o => o.Number).ThenBy(o => o.Release.Metadata.Namespace, StringComparer.Ordinal)
            .ToImmutableArray();
        if (owned.IsEmpty)
            return Ending(OverallMessages.Ended, FinalizerChange.Remove);
        return (resource.Spec.DeletionPolicy ?? SpecDefaults.DeletionPolicy) switch
        {
            SpecDefaults.DeletionPolicy => Delete(owned, snapshot.Now),
            SpecDefaults.OrphanPolicy => Orphan(owned, snapshot.Now),
            // A typing error must not uninstall anything.
            var other => Ending(OverallMessages.InvalidDeletionPolicy(other), FinalizerChange.None),
        };
    }

    // No Kubernetes event shows that the labels have been removed: the next check, which removes the finalizer, is scheduled soon.
    private static Plan Orphan(ImmutableArray<(int Number, HelmRelease Release)> owned, DateTimeOffset now)
    {
        return Ending(OverallMessages.Orphaning(owned.Length), FinalizerChange.None) with
        {
            KeepsEnvironments = false,
            Environments =
            [
                .. owned.GroupBy(o => o.Number).Select(g => Decision(
                    g.Key, g.First().Release, EnvironmentPhase.Held, Reasons.Orphaned, RowMessages.Orphaned) with
                {
                    Actions = [.. g.Select(o => new PlannedAction.Orphan(o.Number, o.Release.Metadata.Key, o.Release.Metadata.Uid))],
                    CheckAgainAt = now + TimeSpan.FromSeconds(1),
                }),
            ],
        };
    }

    private static Plan Delete(ImmutableArray<(int Number, HelmRelease Release)> owned, DateTimeOffset now) =>
        Ending(OverallMessages.Uninstalling(owned.Length), FinalizerChange.None) with
        {
            KeepsEnvironments = false,
            Environments = [.. owned.GroupBy(o => o.Number).Select(g => Deletion(g.Key, [.. g.Select(o => o.Release)], now))],
        };

    private static EnvironmentDecision Deletion(int number, ImmutableArray<HelmRelease> releases, DateTimeOffset now)
    {
        var progress = DeletionProgress.Of(releases[0], now);
        var message = RowMessages.Uninstalling(RowMessages.ResourceDeleted, releases[0], progress);
        return Decision(number, releases[0], EnvironmentPhase.Deleting, Reasons.ResourceDeleted, message) with
        {
            Actions = EnvironmentActions.Deletions(number, releases),
            CheckAgainAt = progress?.CheckAgainAt,
        };
    }

    private static EnvironmentDecision Decision(int number, HelmRelease release, string phase, string reason, string message) => new()
    {
        PrNumber = number,
        Rule = nameof(Teardown),
        Sha = ReleaseValues.Read(release.Spec).Commit,
        Phase = phase,
        Reason = reason,
        Message = message,
        Release = release.Metadata.Key,
    };

    private static Plan Ending(string message, FinalizerChange finalizer) => new()
    {
        Overall = new OverallVerdict("False", Reasons.Deleting, message, Reconciling: true),
        Finalizer = finalizer,
        KeepsEnvironments = true,
    };
}
