using PrEnv.Core.Plans;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>The resource is being deleted. Neither a valid spec nor GitHub nor Flux is needed for that.</summary>
internal static class TeardownRows
{
    public static RuleRow[] All { get; } =
    [
        new("Teardown_Deletes", World.Plain.Release(22).Release(23, change: r => r.Suspended()).Deleted(), """
            Ready=False Deleting Reconciling: 2 environments are being uninstalled by Flux. If Flux is gone for good, set spec.deletionPolicy to Orphan.
            PR 22 Deleting/ResourceDeleted aaaaaaa by Teardown: The resource is being deleted. Flux is uninstalling the environment.
              delete envs/relpr-22
            PR 23 Deleting/ResourceDeleted aaaaaaa by Teardown: The resource is being deleted. Flux is uninstalling the environment.
              un-suspend and delete envs/relpr-23
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 23
            """),
        new("Teardown_WhileFluxUninstalls_Waits", World.Plain.Release(22, change: r => r.Deleting()).Row(23, "Skipped", "ForkDenied")
            .Deleted(), """
            Ready=False Deleting Reconciling: 1 environment is being uninstalled by Flux. If Flux is gone for good, set spec.deletionPolicy to Orphan.
            PR 22 Deleting/ResourceDeleted aaaaaaa by Teardown: The resource is being deleted. Flux is uninstalling the environment.
              look again at 12:06:00
            """),
        new("Teardown_WhileFluxFails_SaysWhatFluxSays",
            World.Plain.Release(22, change: r => r.Deleting().Failed("UninstallFailed", "timed out")).Deleted(), """
            Ready=False Deleting Reconciling: 1 environment is being uninstalled by Flux. If Flux is gone for good, set spec.deletionPolicy to Orphan.
            PR 22 Deleting/ResourceDeleted aaaaaaa by Teardown: The resource is being deleted. Flux is uninstalling the environment. Flux says UninstallFailed: timed out.
            """),
        new("Teardown_OnceAllAreGone_RemovesTheFinalizer", World.Plain.Row(22, "Deleting", "ResourceDeleted").Deleted(), """
            Ready=False Deleting Reconciling: The resource no longer has any HelmReleases.
            finalizer: Remove
            rows stay
            """),
        new("Teardown_OfOthersReleases_DoesNotHappen", World.Plain.Release(22, change: r => r.OfAnother()).Deleted(), """
            Ready=False Deleting Reconciling: The resource no longer has any HelmReleases.
            finalizer: Remove
            rows stay
            """),
        new("Teardown_InBothNamespaces_DeletesBoth", World.Plain.Release(22).Release(22, change: r => r.In("old")).Deleted(), """
            Ready=False Deleting Reconciling: 2 environments are being uninstalled by Flux. If Flux is gone for good, set spec.deletionPolicy to Orphan.
            PR 22 Deleting/ResourceDeleted aaaaaaa by Teardown: The resource is being deleted. Flux is uninstalling the environment.
              delete envs/relpr-22
              delete old/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Teardown_WithOrphan_OrphansAndComesBackAtOnce", World.Plain.Release(22).Release(23).Deleted("Orphan"), """
            Ready=False Deleting Reconciling: deletionPolicy is Orphan: 2 HelmReleases stay.
            PR 22 Held/Orphaned aaaaaaa by Teardown: deletionPolicy is Orphan: the HelmRelease stays.
              orphan envs/relpr-22
              look again at 12:00:01
            PR 23 Held/Orphaned aaaaaaa by Teardown: deletionPolicy is Orphan: the HelmRelease stays.
              orphan envs/relpr-23
              look again at 12:00:01
            """),
        new("Teardown_WithOrphanDone_RemovesTheFinalizer",
            World.Plain.Release(22, change: r => r.Meta(m => m with { Labels = null })).Deleted("Orphan"), """
            Ready=False Deleting Reconciling: The resource no longer has any HelmReleases.
            finalizer: Remove
            rows stay
            """),
        new("Teardown_WithAPolicyThatIsNone_DeletesNothing", World.Plain.Release(22).Deleted("orphan"), """
            Ready=False Deleting Reconciling: spec.deletionPolicy is "orphan"; it must be Delete or Orphan. Nothing will be done until it is.
            rows stay
            """),
        new("Teardown_Suspended_Waits", World.Plain.Release(22).Deleted().Spec(s => s with { Suspend = true }), """
            Ready=False Deleting Reconciling: spec.suspend is true, so nothing is deleted and this resource is waiting. Set it to false to continue; with deletionPolicy Orphan the environments stay.
            rows stay
            """),
        new("Teardown_WithoutFlux_RemovesTheFinalizer", World.Plain.Deleted() with { Flux = FluxState.NotInstalled }, """
            Ready=False Deleting Reconciling: Flux is not installed: there is nothing to delete.
            finalizer: Remove
            rows stay
            """),
        new("Teardown_InANamespaceThatIsNotWatched_KeepsTheFinalizer",
            World.Plain.Release(22, change: r => r.In("old")).Deleted() with
            {
                Settings = new ControllerSettings { WatchedNamespaces = ["default", "old"] },
            }, """
            Ready=False Deleting Reconciling: The HelmReleases in namespace envs cannot be seen, because this controller's --watch-namespaces does not list it, so nothing is deleted and this resource is waiting. Add the namespace, or remove the resource's finalizer to leave them.
            rows stay
            """),
        new("Teardown_WhileFluxIsRead_Waits", World.Plain.Deleted() with { Flux = FluxState.Syncing }, """
            Ready=False Deleting Reconciling: Reading the HelmReleases of the cluster.
            rows stay
            """),
        new("Teardown_OfAnInvalidSpec_Deletes", World.Plain.Release(22).Deleted().Spec(_ => new PREphemeralEnvControllerSpec()), """
            Ready=False Deleting Reconciling: 1 environment is being uninstalled by Flux. If Flux is gone for good, set spec.deletionPolicy to Orphan.
            PR 22 Deleting/ResourceDeleted aaaaaaa by Teardown: The resource is being deleted. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Teardown_WithoutOurFinalizer_DoesNothing", World.Plain.Release(22).Deleted().Meta(
            m => m with { Finalizers = ["other/finalizer"] }), """
            Ready=False Deleting Reconciling: The resource is being deleted.
            rows stay
            """),
    ];
}
