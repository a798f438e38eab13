namespace PrEnv.Tests.Planning.Rules;

/// <summary>readyWhen: HelmReleaseReady.</summary>
internal static class ReleaseReadyRows
{
    private static readonly World Deploying = World.Fluxed.Open(22).Row(22, "Deploying", "Progressing");

    private static readonly World Failed = World.Fluxed.Open(22).Row(22, "Failed", "InstallFailed");

    public static RuleRow[] All { get; } =
    [
        new("ReleaseReady_BeforeFluxHasSpoken_Waits", Deploying.Release(22, change: r => r.PostedPending()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for Flux to install the HelmRelease.
              look again at 12:25:00
            """),
        new("ReleaseReady_WhileFluxWorks_SaysWhatFluxSays", Deploying.Release(22, change: r => r.Working().PostedPending()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
              look again at 12:25:00
            """),
        new("ReleaseReady_WithAChartThatIsNotThereYet_SaysSo",
            Deploying.Release(22, change: r => r.Failed("ArtifactFailed", "no artifact").PostedPending()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/ArtifactFailed aaaaaaa by EvaluateRelease: Flux says ArtifactFailed: no artifact.
              look again at 12:25:00
            """),
        new("ReleaseReady_WithDependencyNotReady_SaysSo",
            Deploying.Release(22, change: r => r.Failed("DependencyNotReady", "db is not ready").PostedPending()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/DependencyNotReady aaaaaaa by EvaluateRelease: Flux says DependencyNotReady: db is not ready.
              look again at 12:25:00
            """),
        new("ReleaseReady_OnceReady_IsSuccessAndNews", Deploying.Release(22, change: r => r.Ready().PostedPending()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              tell success aaaaaaa "Successfully created ephemeral environment for PR"
            event Normal EnvReady: Environment is ready for PR 22
            """),
        new("ReleaseReady_ReadyOfAnOlderGeneration_DoesNotCount",
            Deploying.Release(22, change: r => r.Ready().NextGeneration().PostedPending()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for Flux to install the HelmRelease.
              look again at 12:25:00
            """),
        new("ReleaseReady_StalledOfAnOlderGeneration_DoesNotCount",
            Deploying.Release(22, change: r => r.Stalled().NextGeneration().PostedPending()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for Flux to install the HelmRelease.
              look again at 12:25:00
            """),
        new("ReleaseReady_FailedOfAnOlderGeneration_DoesNotCount",
            Deploying.Release(22, change: r => r.Failed().NextGeneration().PostedPending()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for Flux to install the HelmRelease.
              look again at 12:25:00
            """),
        new("ReleaseReady_OnceFailed_IsFailure", Deploying.Release(22, change: r => r.Failed().PostedPending()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/InstallFailed aaaaaaa by EvaluateRelease: Flux says InstallFailed: timed out waiting for the condition.
              tell failure aaaaaaa "Ephemeral environment for PR failed: InstallFailed"
            event Warning EnvFailed: PR 22: Flux says InstallFailed: timed out waiting for the condition.
            """),
        new("ReleaseReady_OnceRolledBack_IsFailure",
            Deploying.Release(
                22, change: r => r.Failed("RollbackSucceeded", "Helm rollback to previous release succeeded").PostedPending()),
            """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/RollbackSucceeded aaaaaaa by EvaluateRelease: Flux says RollbackSucceeded: Helm rollback to previous release succeeded. An earlier commit runs now.
              tell failure aaaaaaa "Ephemeral environment for PR failed: RollbackSucceeded"
            event Warning EnvFailed: PR 22: Flux says RollbackSucceeded: Helm rollback to previous release succeeded. An earlier commit runs now.
            """),
        new("ReleaseReady_OnceStalled_IsFailure", Deploying.Release(22, change: r => r.Stalled().PostedPending()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/InstallFailed aaaaaaa by EvaluateRelease: Flux says InstallFailed: timed out.
              tell failure aaaaaaa "Ephemeral environment for PR failed: InstallFailed"
            event Warning EnvFailed: PR 22: Flux says InstallFailed: timed out.
            """),
        new("ReleaseReady_WhileFluxTriesAgain_StaysFailedAndSilent", Failed.Release(22, change: r => r.Working().PostedFailed()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/InstallFailed aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
            """),
        new("ReleaseReady_FailedForAnotherReasonNow_TellsGitHubNothingNew",
            Failed.Release(22, change: r => r.Failed("UninstallSucceeded", "Helm uninstall succeeded").PostedFailed()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/UninstallSucceeded aaaaaaa by EvaluateRelease: Flux says UninstallSucceeded: Helm uninstall succeeded.
            """),
        new("ReleaseReady_ReadyAfterAFailure_IsSuccess", Failed.Release(22, change: r => r.Ready().PostedFailed()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              tell success aaaaaaa "Successfully created ephemeral environment for PR"
            event Normal EnvReady: Environment is ready for PR 22
            """),
        new("ReleaseReady_ReadyAndReconciledAgain_StaysReadyAndSilent",
            World.Fluxed.Open(22).Row(22, "Ready", "EnvReady").Release(22, change: r => r.Working().PostedReady()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease was ready and is being reconciled by Flux.
            """),
        new("ReleaseReady_WithoutReports_IsNewsOnce", World.Fluxed.Silent().Open(22).Row(22, "Deploying", "Progressing").Release(
            22, change: r => r.Ready()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
            event Normal EnvReady: Environment is ready for PR 22
            """),
        new("ReleaseReady_WithoutReportsReadyBefore_IsNoNews",
            World.Fluxed.Silent().Open(22).Row(22, "Ready", "EnvReady").Release(22, change: r => r.Working()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease was ready and is being reconciled by Flux.
            """),
        new("ReleaseReady_WithoutReportsFailedBefore_IsNoNews",
            World.Fluxed.Silent().Open(22).Row(22, "Failed", "InstallFailed").Release(22, change: r => r.Working()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/InstallFailed aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
            """),
        new("ReleaseReady_WhereOnlyAppliedWasAskedBefore_ProvesItFirst",
            World.Fluxed.Open(22).Row(22, "Ready", "Applied").Release(22, change: r => r.Working().PostedSubmitted()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:30:00
            """),
        new("ReleaseReady_OfASuspendedRelease_SaysHowToResume", Deploying.Release(22, change: r => r.Suspended().PostedPending()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/ReleaseSuspended aaaaaaa by EvaluateRelease: The HelmRelease is suspended. To resume it, run: flux -n envs resume helmrelease relpr-22
              look again at 12:25:00
            """),
    ];
}
