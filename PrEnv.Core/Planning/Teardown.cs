using System.Collections.Immutable;
using PrEnv.Core.Environments;
using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;
using OwnedNamespaces = System.Collections.Immutable.ImmutableArray<(int Number, PrEnv.Core.Resources.ClusterNamespace Namespace)>;
using OwnedReleases = System.Collections.Immutable.ImmutableArray<(int Number, PrEnv.Core.Resources.HelmRelease Release)>;

namespace PrEnv.Core.Planning;

/// <summary>The end of a resource. Needs neither a valid spec nor GitHub nor Flux.</summary>
public static class Teardown
{
    // Only a person can grant a permission that is missing.
    private static readonly TimeSpan UnreadRetry = TimeSpan.FromSeconds(30);

    /// <summary>Does its deletion wait for that of its environments?</summary>
    public static bool HasFinalizer(PREphemeralEnvController resource) =>
        resource.Metadata.Finalizers?.Contains(PREphemeralEnvController.Finalizer, StringComparer.Ordinal) == true;

    internal static Plan Plan(Snapshot snapshot)
    {
        var resource = snapshot.Resource;
        if (!HasFinalizer(resource))
            return Ending(OverallMessages.Ending, FinalizerChange.None);
        if (resource.Spec.Suspend == true)
            return Ending(OverallMessages.EndingSuspended, FinalizerChange.None);

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
        var namespaces = snapshot.Namespaces.Found
            .Select(n => (Number: EnvironmentNamespaces.PrNumberIfCreatedBy(n, resource) ?? 0, Namespace: n))
            .Where(c => c.Number > 0)
            .OrderBy(c => c.Number).ThenBy(c => c.Namespace.Metadata.Name, StringComparer.Ordinal)
            .ToImmutableArray();
        if (owned.IsEmpty && snapshot.Namespaces.Failure is { } failure)
            return Ending(NamespaceMessages.Unread(failure), FinalizerChange.None) with { CheckAgainAt = snapshot.Now + UnreadRetry };
        if (owned.IsEmpty && namespaces.IsEmpty)
        {
            // Without Flux's CRDs there are no HelmReleases either: Kubernetes deletes them with their definition.
            var isWithoutFlux = snapshot.Flux == FluxState.NotInstalled;
            return Ending(isWithoutFlux ? OverallMessages.EndingWithoutFlux : OverallMessages.Ended, FinalizerChange.Remove);
        }

        return (resource.Spec.DeletionPolicy ?? SpecDefaults.DeletionPolicy) switch
        {
            SpecDefaults.DeletionPolicy => Delete(owned, namespaces, snapshot),
            SpecDefaults.OrphanPolicy => Orphan(owned, namespaces, snapshot.Now),
            // A typing error must not uninstall anything.
            var other => Ending(OverallMessages.InvalidDeletionPolicy(other), FinalizerChange.None),
        };
    }

    // No Kubernetes event shows that the labels have been removed: the next check, which removes the finalizer, is scheduled soon.
    private static Plan Orphan(OwnedReleases owned, OwnedNamespaces namespaces, DateTimeOffset now)
    {
        var message = owned.IsEmpty ? NamespaceMessages.Orphaning(namespaces.Length) : OverallMessages.Orphaning(owned.Length);
        return Ending(message, FinalizerChange.None) with
        {
            KeepsEnvironments = false,
            Environments =
            [
                .. owned.Select(o => o.Number).Concat(namespaces.Select(n => n.Number)).Distinct().Order().Select(number =>
                    Orphaned(number, owned, namespaces) with { CheckAgainAt = now + TimeSpan.FromSeconds(1) }),
            ],
        };
    }

    private static EnvironmentDecision Orphaned(int number, OwnedReleases owned, OwnedNamespaces namespaces)
    {
        var release = owned.FirstOrDefault(o => o.Number == number).Release;
        var message = release is null ? RowMessages.OrphanedNamespace : RowMessages.Orphaned;
        return Decision(number, release, EnvironmentPhase.Held, Reasons.Orphaned, message) with
        {
            Actions =
            [
                .. owned.Where(o => o.Number == number)
                    .Select(o => new PlannedAction.Orphan(number, o.Release.Metadata.Key, o.Release.Metadata.Uid)),
                .. namespaces.Where(n => n.Number == number).Select(n => new PlannedAction.OrphanNamespace(
                    number, release?.Metadata.Key ?? NameOf(number), n.Namespace.Metadata.Name, n.Namespace.Metadata.Uid)),
            ],
        };
    }

    // A namespace outlives the releases of its pull request: Flux uninstalls from it.
    private static Plan Delete(OwnedReleases owned, OwnedNamespaces namespaces, Snapshot snapshot)
    {
        var now = snapshot.Now;
        var left = namespaces.Where(n => !owned.Any(o => o.Number == n.Number)).GroupBy(n => n.Number).ToList();
        var message = owned.IsEmpty ? NamespaceMessages.DeletingAll(namespaces.Length) : OverallMessages.Uninstalling(owned.Length);
        return Ending(message, FinalizerChange.None) with
        {
            KeepsEnvironments = false,
            Environments =
            [
                .. owned.GroupBy(o => o.Number).Select(g => Deletion(g.Key, [.. g.Select(o => o.Release)], now))
                    .Concat(left.Select(g => Deletion(g.Key, [.. g.Select(n => n.Namespace)], snapshot)))
                    .OrderBy(e => e.PrNumber),
            ],
        };
    }

    private static EnvironmentDecision Deletion(int number, ImmutableArray<ClusterNamespace> namespaces, Snapshot snapshot)
    {
        var message = $"{RowMessages.ResourceDeleted} {NamespaceMessages.Deleting(namespaces[0], snapshot.Now)}";
        return Decision(number, null, EnvironmentPhase.Deleting, Reasons.ResourceDeleted, message) with
        {
            Sha = PreviousRows.Of(snapshot)[number]?.HeadSha,
            Actions = NamespaceActions.Deletions(number, NameOf(number), namespaces),
            CheckAgainAt = NamespaceActions.CheckAgainAt(namespaces[0], snapshot.Now),
        };
    }

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

    // The release is gone, and the namespace that it was in need not be known.
    private static ResourceKey NameOf(int number) => new("", ReleaseNaming.NameOf(number));

    private static EnvironmentDecision Decision(int number, HelmRelease? release, string phase, string reason, string message) => new()
    {
        PrNumber = number,
        Rule = nameof(Teardown),
        Sha = release is null ? null : ReleaseValues.Read(release.Spec).Commit,
        Phase = phase,
        Reason = reason,
        Message = message,
        Release = release?.Metadata.Key,
    };

    private static Plan Ending(string message, FinalizerChange finalizer) => new()
    {
        Overall = new OverallVerdict("False", Reasons.Deleting, message, Reconciling: true),
        Finalizer = finalizer,
        KeepsEnvironments = true,
    };
}
