using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>Flux says nothing, says it of another commit, or says something that only others can explain.</summary>
internal static class FluxRows
{
    private const string Forbidden =
        "Could not determine release state: secrets is forbidden: "
        + "User \"system:serviceaccount:envs:poor\" cannot list resource \"secrets\"";

    private static readonly ResourceKey Chart = new("flux-system", "envs-relpr-22");

    // Releases were updated at 11:50.
    private static readonly World Fluxed = World.Fluxed.Open(22).Row(22, "Deploying", "Progressing");

    private static readonly World Pushed = World.Fluxed.Open(22, World.B);

    private static World At(this World world, int hour, int minute, int second = 0) =>
        world with { Now = new DateTimeOffset(2026, 3, 1, hour, minute, second, TimeSpan.Zero) };

    private static HelmRelease Silent(HelmRelease release) => release.PostedPending() with { Status = null };

    private static HelmRelease Seen(HelmRelease release) => Silent(release).Meta(m => m with { Finalizers = ["finalizers.fluxcd.io"] });

    // Since 12:00.
    private static HelmRelease WithoutChart(HelmRelease release) =>
        release.Failed(
                "SourceNotReady",
                "HelmChart 'flux-system/envs-relpr-22' is not ready: latest generation of object has not been reconciled")
            .PostedPending();

    // Flux has worked on commit A since 12:00, and B was pushed at 12:00.
    private static HelmRelease Behind(HelmRelease release) => release.Working().NextGeneration()
        .Attempted(1).Annotation(OwnerLabels.CommitsAnnotation, $"1/{World.A}/sha256:a")
        .Annotation(OwnerLabels.UpdatedAtAnnotation, "2026-03-01T12:00:00Z")
        .Posted("pending", "Creation of ephemeral environment for PR in progress", sha: World.B);

    private static HelmRelease TakenUp(HelmRelease release) => Behind(release).Working().Attempted(2);

    private static World Leaving(Func<HelmRelease, HelmRelease> release) =>
        World.Plain.Release(22, change: release).Row(22, "Deleting", "ReleaseDeleted").Status(s => s with { OpenPullRequests = 0 });

    public static RuleRow[] All { get; } =
    [
        new("FluxSilent_WithinTheFirstMinute_IsNoTrouble", Fluxed.Release(22, change: Silent).At(11, 50, 59), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for Flux to install the HelmRelease.
              look again at 11:51:00
            """),
        new("FluxSilent_AfterAMinute_SaysSo", Fluxed.Release(22, change: Silent).At(11, 51), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/FluxSilent aaaaaaa by EvaluateRelease: Flux has not reported anything about the HelmRelease. helm-controller is probably not running, or watches another shard or other namespaces.
              look again at 12:21:00
            event Warning FluxSilent: PR 22: Flux has not reported anything about the HelmRelease. helm-controller is probably not running, or watches another shard or other namespaces.
            """),
        new("FluxSilent_WithTheFinalizer_HasAnotherCause", Fluxed.Release(22, change: Seen).At(11, 51), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/FluxSilent aaaaaaa by EvaluateRelease: Flux has not reported anything about the HelmRelease. helm-controller has seen it: it probably runs with --no-cross-namespace-refs, which forbids sources in another namespace.
              look again at 12:21:00
            event Warning FluxSilent: PR 22: Flux has not reported anything about the HelmRelease. helm-controller has seen it: it probably runs with --no-cross-namespace-refs, which forbids sources in another namespace.
            """),
        new("FluxSilent_SaidAlready_IsNoNews",
            World.Fluxed.Open(22).Row(22, "Deploying", "FluxSilent").Release(22, change: Silent).At(11, 55), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/FluxSilent aaaaaaa by EvaluateRelease: Flux has not reported anything about the HelmRelease. helm-controller is probably not running, or watches another shard or other namespaces.
              look again at 12:25:00
            """),
        new("FluxSilent_WithoutACheck_IsTold",
            World.Plain.Open(22).Row(22, "Ready", "Applied").Release(22, change: r => Silent(r).PostedSubmitted()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/FluxSilent aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured. Flux has not reported anything about the HelmRelease. helm-controller is probably not running, or watches another shard or other namespaces.
            event Warning FluxSilent: PR 22: The HelmRelease has been applied; no health check is configured. Flux has not reported anything about the HelmRelease. helm-controller is probably not running, or watches another shard or other namespaces.
            """),
        new("FluxSilent_WithoutACheckSaidAlready_IsNoNews",
            World.Plain.Open(22).Row(22, "Ready", "FluxSilent").Release(22, change: r => Silent(r).PostedSubmitted()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/FluxSilent aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured. Flux has not reported anything about the HelmRelease. helm-controller is probably not running, or watches another shard or other namespaces.
            """),
        new("FluxSilent_UntilTheTimeout_IsFailure",
            World.Fluxed.Open(22).Row(22, "Deploying", "FluxSilent").Release(22, change: Silent).At(12, 25), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/HealthCheckTimeout aaaaaaa by EvaluateRelease: The environment did not become ready within 30m. Flux has not reported anything about the HelmRelease. helm-controller is probably not running, or watches another shard or other namespaces.
              tell failure aaaaaaa "Ephemeral environment for PR did not become ready within 30m"
            event Warning EnvFailed: PR 22: The environment did not become ready within 30m. Flux has not reported anything about the HelmRelease. helm-controller is probably not running, or watches another shard or other namespaces.
            """),
        new("FluxSilent_OnceFluxSpeaks_IsOver",
            World.Fluxed.Open(22).Row(22, "Deploying", "FluxSilent").Release(22, change: r => r.Working().PostedPending()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
              look again at 12:25:00
            """),

        new("SourceNotReady_ForSeconds_IsNoNews", Fluxed.Release(22, change: WithoutChart).At(12, 0, 4), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for Flux to install the HelmRelease.
              look again at 12:00:05
            """),
        new("SourceNotReady_ForLonger_SaysWhatFluxSays", Fluxed.Release(22, change: WithoutChart).At(12, 0, 5), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/SourceNotReady aaaaaaa by EvaluateRelease: Flux says SourceNotReady: HelmChart 'flux-system/envs-relpr-22' is not ready: latest generation of object has not been reconciled.
              look again at 12:25:00
            """),
        new("SourceNotReady_WithTheChartRead_SaysTheCause",
            (Fluxed.Release(22, change: WithoutChart) with
            {
                Charts = [(Chart, new ChartReading("SourceUnavailable", "GitRepository.source.toolkit.fluxcd.io \"later\" not found"))],
            }).At(12, 0, 5), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/SourceNotReady aaaaaaa by EvaluateRelease: Flux says SourceNotReady: HelmChart 'flux-system/envs-relpr-22' is not ready: latest generation of object has not been reconciled. The HelmChart says SourceUnavailable: GitRepository.source.toolkit.fluxcd.io "later" not found.
              look again at 12:25:00
            """),
        new("SourceNotReady_UntilTheTimeout_IsFailureWithTheCause",
            (Fluxed.Release(22, change: WithoutChart) with
            {
                Charts = [(Chart, new ChartReading("NoSourceArtifact", "no artifact available for GitRepository source 'infra'"))],
            }).At(12, 25), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/HealthCheckTimeout aaaaaaa by EvaluateRelease: The environment did not become ready within 30m. Flux says SourceNotReady: HelmChart 'flux-system/envs-relpr-22' is not ready: latest generation of object has not been reconciled. The HelmChart says NoSourceArtifact: no artifact available for GitRepository source 'infra'.
              tell failure aaaaaaa "Ephemeral environment for PR did not become ready within 30m"
            event Warning EnvFailed: PR 22: The environment did not become ready within 30m. Flux says SourceNotReady: HelmChart 'flux-system/envs-relpr-22' is not ready: latest generation of object has not been reconciled. The HelmChart says NoSourceArtifact: no artifact available for GitRepository source 'infra'.
            """),
        new("SourceNotReady_WithoutACheck_SaysSo",
            World.Plain.Open(22).Row(22, "Ready", "Applied").Release(22, change: r => WithoutChart(r).PostedSubmitted()).At(12, 1), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured. Flux says SourceNotReady: HelmChart 'flux-system/envs-relpr-22' is not ready: latest generation of object has not been reconciled.
            """),
        new("StateError_IsNoProgress", Fluxed.Release(22, change: r => r.Failed("StateError", Forbidden).PostedPending()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/StateError aaaaaaa by EvaluateRelease: Flux says StateError: Could not determine release state: secrets is forbidden: User "system:serviceaccount:envs:poor" cannot list resource "secrets".
              look again at 12:25:00
            """),
        new("ReleaseReady_UntilTheTimeout_IsFailure", Fluxed.Release(22, change: r => r.Working().PostedPending()).At(12, 25), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/HealthCheckTimeout aaaaaaa by EvaluateRelease: The environment did not become ready within 30m. Flux says Progressing: Running 'install' action with timeout of 5m0s.
              tell failure aaaaaaa "Ephemeral environment for PR did not become ready within 30m"
            event Warning EnvFailed: PR 22: The environment did not become ready within 30m. Flux says Progressing: Running 'install' action with timeout of 5m0s.
            """),

        new("EarlierCommit_IsNamed",
            Pushed.Row(22, "Deploying", "Progressing", World.B).Release(22, World.B, Behind).At(12, 0, 30), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EarlierCommit bbbbbbb by EvaluateRelease: Flux has been working on commit aaaaaaa since 2026-03-01 12:00:00 UTC and will take up this one afterwards, at 2026-03-01 12:05:00 UTC at the latest.
              look again at 12:01:00
            """),
        new("EarlierCommit_ForMoreThanAMinute_SaysWhatHelps",
            Pushed.Row(22, "Deploying", "EarlierCommit", World.B).Release(22, World.B, Behind).At(12, 1), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EarlierCommit bbbbbbb by EvaluateRelease: Flux has been working on commit aaaaaaa since 2026-03-01 12:00:00 UTC and will take up this one afterwards, at 2026-03-01 12:05:00 UTC at the latest. With --feature-gates=CancelHealthCheckOnNewRevision=true, helm-controller (Flux 2.8 or newer) takes up a new commit at once.
              look again at 12:45:00
            """),
        new("EarlierCommit_ThatFailed_IsNoFailure",
            Pushed.Row(22, "Deploying", "EarlierCommit", World.B).Release(22, World.B, r => Behind(r).Stalled().Attempted(1)).At(12, 5), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing bbbbbbb by EvaluateRelease: Waiting for Flux to install the HelmRelease.
              look again at 12:35:00
            """),
        new("EarlierCommit_ThatWentWell_IsNoSuccess",
            Pushed.Row(22, "Deploying", "EarlierCommit", World.B).Release(22, World.B, r => Behind(r).Ready().Attempted(1)).At(12, 5), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing bbbbbbb by EvaluateRelease: Waiting for Flux to install the HelmRelease.
              look again at 12:35:00
            """),
        new("EarlierCommit_OnceItIsTakenUp_StartsTheClock",
            Pushed.Row(22, "Deploying", "EarlierCommit", World.B).Release(22, World.B, TakenUp).At(12, 5), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing bbbbbbb by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
              look again at 12:35:00
            """),
        new("EarlierCommit_TakenUpAfterHalfTheTimeout_StartedTheClockThere",
            Pushed.Row(22, "Deploying", "EarlierCommit", World.B).Release(22, World.B, TakenUp).At(12, 20), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing bbbbbbb by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
              look again at 12:45:00
            """),
        new("EarlierCommit_UntilTheTimeoutAndAHalf_IsFailure",
            Pushed.Row(22, "Deploying", "EarlierCommit", World.B).Release(22, World.B, Behind).At(12, 45), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/HealthCheckTimeout bbbbbbb by EvaluateRelease: The environment did not become ready within 30m. Flux has been working on commit aaaaaaa since 2026-03-01 12:00:00 UTC and will take up this one afterwards, at 2026-03-01 12:05:00 UTC at the latest. With --feature-gates=CancelHealthCheckOnNewRevision=true, helm-controller (Flux 2.8 or newer) takes up a new commit at once.
              tell failure bbbbbbb "Ephemeral environment for PR did not become ready within 30m"
            event Warning EnvFailed: PR 22: The environment did not become ready within 30m. Flux has been working on commit aaaaaaa since 2026-03-01 12:00:00 UTC and will take up this one afterwards, at 2026-03-01 12:05:00 UTC at the latest. With --feature-gates=CancelHealthCheckOnNewRevision=true, helm-controller (Flux 2.8 or newer) takes up a new commit at once.
            """),
        new("ReadyCommit_ChangedByHand_StaysReadyUntilFluxHasLooked",
            World.Fluxed.Open(22).Row(22, "Ready", "EnvReady")
                .Release(22, change: r => r.Ready().Attempted(1).PostedReady().NextGeneration().Suspended()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is suspended. To resume it, run: flux -n envs resume helmrelease relpr-22
            """),

        new("Deletion_WhileAnInstallationRuns_SaysUntilWhen", Leaving(r => r.Working().NextGeneration().Deleting()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/ReleaseDeleted aaaaaaa by DeleteClosed: The HelmRelease was deleted, and PR 22 is not among the open pull requests. Flux is finishing an action that it had begun before, until 2026-03-01 12:05:00 UTC at the latest, and will then uninstall.
              look again at 12:05:00
            """),
        new("Deletion_AfterAnInstallationFailed_SaysNothingOfIt", Leaving(r => r.NextGeneration().Stalled().Attempted(1).Deleting()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/ReleaseDeleted aaaaaaa by DeleteClosed: The HelmRelease was deleted, and PR 22 is not among the open pull requests. Flux is uninstalling the environment.
              look again at 12:06:00
            """),
        new("Deletion_WithoutTheRights_SaysWhoLacksThem",
            Leaving(r => r.Failed("StateError", Forbidden).NextGeneration().Deleting().Set("serviceAccountName", "poor")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/ReleaseDeleted aaaaaaa by DeleteClosed: The HelmRelease was deleted, and PR 22 is not among the open pull requests. Flux cannot uninstall the environment. Flux says StateError: Could not determine release state: secrets is forbidden: User "system:serviceaccount:envs:poor" cannot list resource "secrets". ServiceAccount poor in namespace envs must exist, read the Secrets of Helm there, and delete what the chart has installed. If the HelmRelease is removed by force, all of that is left behind.
            """),
        new("Deletion_OfASuspendedRelease_SaysWhatIsLeft", Leaving(r => r.Ready().Suspended().NextGeneration().Deleting()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/ReleaseDeleted aaaaaaa by DeleteClosed: The HelmRelease was deleted, and PR 22 is not among the open pull requests. The HelmRelease is suspended: Flux removes it without uninstalling, and what the chart has installed is left behind.
            """),
        new("Deletion_ThatTakesTooLong_SaysSo", Leaving(r => r.Ready().NextGeneration().Deleting()).At(12, 6), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/ReleaseDeleted aaaaaaa by DeleteClosed: The HelmRelease was deleted, and PR 22 is not among the open pull requests. Flux is uninstalling the environment. Flux should have finished by 2026-03-01 12:06:00 UTC and has not reported a problem: check that helm-controller is running.
            """),
        new("Teardown_WithoutTheRights_SaysWhoLacksThem",
            World.Plain.Release(22, change: r => r.Failed("StateError", Forbidden).NextGeneration().Deleting()).Deleted(), """
            Ready=False Deleting Reconciling: 1 environment is being uninstalled by Flux. If Flux is gone for good, set spec.deletionPolicy to Orphan.
            PR 22 Deleting/ResourceDeleted aaaaaaa by Teardown: The resource is being deleted. Flux cannot uninstall the environment. Flux says StateError: Could not determine release state: secrets is forbidden: User "system:serviceaccount:envs:poor" cannot list resource "secrets". The ServiceAccount that Flux uses must exist, read the Secrets of Helm there, and delete what the chart has installed. If the HelmRelease is removed by force, all of that is left behind.
            """),
        new("Failure_OfANamespaceThatIsBeingDeleted_SaysSo", World.Plain.Open(22), """
            Ready=False UnableToCreateHelmRelease Reconciling: PR 22: Unable to create HelmRelease envs/relpr-22: namespace envs is being deleted; create it again once it is gone.
            PR 22 Failed/UnableToCreateHelmRelease aaaaaaa by ApplyDesired: Unable to create HelmRelease envs/relpr-22: namespace envs is being deleted; create it again once it is gone.
              create envs/relpr-22
              look again at 12:01:00
            event Warning UnableToCreateHelmRelease: PR 22: Unable to create HelmRelease envs/relpr-22: namespace envs is being deleted; create it again once it is gone.
            """)
        {
            Failure = _ => new ApiStatus(
                403, "Forbidden", "unable to create new content in namespace envs because it is being terminated",
                Causes: ["NamespaceTerminating"]),
        },
    ];
}
