using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>Releases of the predecessor become ours; those of anybody else never do.</summary>
internal static class AdoptionRows
{
    public static RuleRow[] All { get; } =
    [
        new("Adoption_OfThePredecessorsRelease_LabelsItAndSaysSo", World.Fluxed.Open(22).Release(
            22, change: r => r.OfPredecessor().Ready()),
            """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec.releaseName, metadata.labels.app.kubernetes.io/managed-by, metadata.labels.prcontroller.controllers.ephemeralenv.io/name, metadata.labels.prcontroller.controllers.ephemeralenv.io/namespace, metadata.labels.prcontroller.controllers.ephemeralenv.io/pr-number, metadata.labels.prcontroller.controllers.ephemeralenv.io/uid, metadata.annotations.prcontroller.controllers.ephemeralenv.io/head-sha, metadata.annotations.prcontroller.controllers.ephemeralenv.io/pr-url, metadata.annotations.prcontroller.controllers.ephemeralenv.io/updated-at)
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseAdopted: Flux HelmRelease adopted for PR 22
            """),
        new("Adoption_WithAnotherVersion_UpdatesIt",
            World.Plain.Open(22).Release(22, change: r => r.OfPredecessor().Chart("version", "0.0.9")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              update envs/relpr-22 (spec.releaseName, spec.chart.spec.version, metadata.labels.app.kubernetes.io/managed-by, metadata.labels.prcontroller.controllers.ephemeralenv.io/name, metadata.labels.prcontroller.controllers.ephemeralenv.io/namespace, metadata.labels.prcontroller.controllers.ephemeralenv.io/pr-number, metadata.labels.prcontroller.controllers.ephemeralenv.io/uid, metadata.annotations.prcontroller.controllers.ephemeralenv.io/head-sha, metadata.annotations.prcontroller.controllers.ephemeralenv.io/pr-url, metadata.annotations.prcontroller.controllers.ephemeralenv.io/updated-at)
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseAdopted: Flux HelmRelease adopted for PR 22
            """),
        new("Adoption_OfWhatIsAlreadyRight_StartsNoRollout",
            World.Fluxed.Open(22).Release(22, change: r => r.Meta(m => m with { Labels = null }).Ready()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by ApplyDesired: The HelmRelease is ready.
              update envs/relpr-22 (metadata.labels.app.kubernetes.io/managed-by, metadata.labels.prcontroller.controllers.ephemeralenv.io/name, metadata.labels.prcontroller.controllers.ephemeralenv.io/namespace, metadata.labels.prcontroller.controllers.ephemeralenv.io/pr-number, metadata.labels.prcontroller.controllers.ephemeralenv.io/uid)
              tell success aaaaaaa "Successfully created ephemeral environment for PR"
            event Normal FluxHelmReleaseAdopted: Flux HelmRelease adopted for PR 22
            event Normal EnvReady: Environment is ready for PR 22
            """),
        new("Adoption_OfOurOwnWithoutItsLabels_TellsNothingTwice",
            World.Fluxed.Open(22).Row(22, "Ready", "EnvReady")
            .Release(22, change: r => r.Ready().PostedReady().Meta(m => m with { Labels = null })), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by ApplyDesired: The HelmRelease is ready.
              update envs/relpr-22 (metadata.labels.app.kubernetes.io/managed-by, metadata.labels.prcontroller.controllers.ephemeralenv.io/name, metadata.labels.prcontroller.controllers.ephemeralenv.io/namespace, metadata.labels.prcontroller.controllers.ephemeralenv.io/pr-number, metadata.labels.prcontroller.controllers.ephemeralenv.io/uid)
            event Normal FluxHelmReleaseAdopted: Flux HelmRelease adopted for PR 22
            """),
        new("Restored_WithAnotherUid_IsAdoptedAndTellsNothingTwice",
            World.Fluxed.Open(22).Row(22, "Ready", "EnvReady").Release(22, change: r => r.Ready().PostedReady().OfTheOneBefore()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by ApplyDesired: The HelmRelease is ready.
              update envs/relpr-22 (metadata.labels.prcontroller.controllers.ephemeralenv.io/uid)
            event Normal FluxHelmReleaseAdopted: Flux HelmRelease adopted for PR 22
            """),
        new("Restored_AtAnOlderCommit_IsAdoptedAndRolledOut",
            World.Plain.Open(22, World.B).Release(22, change: r => r.OfTheOneBefore()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied bbbbbbb by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              update envs/relpr-22 (spec.values.prSHA, metadata.labels.prcontroller.controllers.ephemeralenv.io/uid, metadata.annotations.prcontroller.controllers.ephemeralenv.io/head-sha)
              tell success bbbbbbb "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseAdopted: Flux HelmRelease adopted for PR 22
            """),
        new("Restored_ClosedMeanwhile_IsRemoved",
            World.Plain.Confirmed(22, PullRequestState.Closed).Release(22, change: r => r.OfTheOneBefore()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/PullRequestClosed aaaaaaa by DeleteClosed: PR 22 is closed. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal NoActivePRs: No active PRs found
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Restored_MissingFromTheListing_IsHeldWithoutProof", World.Plain.Release(22, change: r => r.OfTheOneBefore()), """
            Ready=False DeletionHeld Reconciling: PR 22: GitHub's listing does not contain PR 22, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-22
            PR 22 Held/NotConfirmed aaaaaaa by HoldWithoutProof: GitHub's listing does not contain PR 22, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-22
            event Warning DeletionHeld: GitHub's listing does not contain PR 22, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-22
            """),
        new("Restored_InAFormerDestination_Moves", World.Plain.Open(22).Release(22, change: r => r.OfTheOneBefore().In("old")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Moving aaaaaaa by MoveMisplaced: The environment is being uninstalled from namespace old and will then be installed in envs.
              delete old/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Adoption_OfAClosedPullRequests_DoesNotHappen", World.Plain.Release(22, change: r => r.OfPredecessor()), """
            Ready=True Ready: All open pull requests are being handled.
            event Normal NoActivePRs: No active PRs found
            """),
        new("Adoption_OfASkippedForks_DoesNotHappen", World.Plain.Forks("Deny").Fork(22).Release(22, change: r => r.OfPredecessor()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/ForkDenied aaaaaaa by SkipUnselected: The pull request comes from a fork, and spec.pullRequests.forks is Deny.
            event Normal PRSkipped: No environment for PR 22: The pull request comes from a fork, and spec.pullRequests.forks is Deny.
            """),
        NotAdopted("AnotherChart", World.Plain.Open(22).Release(22, change: r => r.OfPredecessor().Chart("chart", "other"))),
        NotAdopted(
            "AnotherSource", World.Plain.Open(22).Release(22, change: r => r.OfPredecessor().Chart("sourceRef.name", "other"))),
        NotAdopted(
            "AnotherSourceNamespace",
            World.Plain.Open(22).Release(22, change: r => r.OfPredecessor().Chart("sourceRef.namespace", null))),
        NotAdopted("AnotherNumber", World.Plain.Open(22).Release(22, change: r => r.OfPredecessor().Values("""{"prNumber":21}"""))),
        NotAdopted("NoNumber", World.Plain.Open(22).Release(22, change: r => r.OfPredecessor().Values("{}"))),
        NotAdopted("NoChart", World.Plain.Open(22).Release(22, change: r => r.OfPredecessor().Set("chart", null))),
        new("NoAdoption_OfHalfALabel_TellsWhatToDo",
            World.Plain.Open(22).Release(22, change: r => r.OfPredecessor().Label(OwnerLabels.PrNumber, "22")), """
            Ready=False NameConflict Stalled: PR 22: HelmRelease envs/relpr-22 was not created by PrEnv. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            PR 22 Failed/NameConflict aaaaaaa by RefuseTakenName: HelmRelease envs/relpr-22 was not created by PrEnv. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            event Warning NameConflict: No environment for PR 22: HelmRelease envs/relpr-22 was not created by PrEnv. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            """),
    ];

    private static RuleRow NotAdopted(string name, World world) => new($"NoAdoption_Of{name}_IsAConflict", world, """
        Ready=False NameConflict Stalled: PR 22: HelmRelease envs/relpr-22 was not created by PrEnv. Choose another destinationNamespace for this resource, or remove that HelmRelease.
        PR 22 Failed/NameConflict aaaaaaa by RefuseTakenName: HelmRelease envs/relpr-22 was not created by PrEnv. Choose another destinationNamespace for this resource, or remove that HelmRelease.
        event Warning NameConflict: No environment for PR 22: HelmRelease envs/relpr-22 was not created by PrEnv. Choose another destinationNamespace for this resource, or remove that HelmRelease.
        """);
}
