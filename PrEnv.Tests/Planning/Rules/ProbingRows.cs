using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>A health check: the release is ready for its current generation, and the URL of exactly that revision answers.</summary>
internal static class ProbingRows
{
    private static readonly string Url = World.UrlOf(22, World.A);

    private static readonly World Deploying = World.Probing.Open(22).Row(22, "Deploying", "Progressing");

    private static readonly World Ready = World.Probing.Open(22).Row(22, "Ready", "EnvReady");

    private static readonly World Texts = World.Probing.Spec(
        s => s with { EnvHealthCheckUrlTemplate = "https://<<PR_BRANCH_SLUG>>.test/" });

    public static RuleRow[] All { get; } =
    [
        new("Probing_BeforeFluxIsReady_DoesNotProbe", Deploying.Release(22, change: r => r.Working().PostedPending(Url)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
              look again at 12:25:00
            """),
        new("Probing_OnceFluxIsReady_Begins", Deploying.Release(22, change: r => r.Ready().PostedPending(Url)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:25:00
              look again at 12:25:00
            """),
        new("Probing_AfterAFailure_SaysWhy", Deploying.Release(22, change: r => r.Ready().PostedPending(Url)).Probed(
            22, succeeded: false, failures: 1), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy; it answered 503.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:25:00
              look again at 12:25:00
            """),
        new("Probing_AfterManyFailures_IsStillDeploying", Deploying.Release(22, change: r => r.Ready().PostedPending(Url)).Probed(
            22, succeeded: false, failures: 9), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy; it answered 503.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:25:00
              look again at 12:25:00
            """),
        new("Probing_OnceItAnswers_IsSuccessAndNews", Deploying.Release(22, change: r => r.Ready().PostedPending(Url)).Probed(
            22, succeeded: true), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa answers as expected.
              tell success aaaaaaa "Successfully created ephemeral environment for PR" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            event Normal EnvReady: Environment is ready for PR 22
            """),
        new("Probing_AnswerOfAnOlderGeneration_DoesNotCount",
            Deploying.Release(22, change: r => r.NextGeneration().Ready().PostedPending(Url)).Probed(22, succeeded: true, generation: 1),
            """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 2, patient until 12:25:00
              look again at 12:25:00
            """),
        new("Probing_AnswerOfAnOlderCommit_DoesNotCount",
            Deploying.Release(22, change: r => r.Ready().PostedPending(Url)).Probed(22, succeeded: true, sha: World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:25:00
              look again at 12:25:00
            """),
        new("Probing_AnswerOfARecreatedRelease_DoesNotCount",
            Deploying.Release(22, change: r => r.Ready().PostedPending(Url).Meta(m => m with { Uid = "uid-new" })).Probed(
                22, succeeded: true), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:25:00
              look again at 12:25:00
            """),
        new("Probing_ReadyAndStillAnswering_IsSilent", Ready.Release(22, change: r => r.Ready().PostedReady(Url)).Probed(
            22, succeeded: true), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa answers as expected.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Probing_ReadyAfterARestart_IsSilentAndProbes", Ready.Release(22, change: r => r.Ready().PostedReady(Url)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa answers as expected.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Probing_ReadyWhileFluxReconciles_GoesOnProbing", Ready.Release(22, change: r => r.Working().PostedReady(Url)).Probed(
            22, succeeded: true), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa answers as expected.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Probing_ReadyWithALostPost_IsToldAndNoNews", Ready.Release(22, change: r => r.Ready().PostedPending(Url)).Probed(
            22, succeeded: true), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa answers as expected.
              tell success aaaaaaa "Successfully created ephemeral environment for PR" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Probing_WithLedgerNewerThanTheAnnotation_TrustsTheLedger",
            (Ready with { Ledger = Ready.Ledger.Add("uid-22", ReportedStatus.Read(Ready.Own(22, World.A).PostedReady(Url))!) })
                .Release(22, change: r => r.Ready().PostedPending(Url)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa answers as expected.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Probing_WithAnotherUrlNow_TellsTheNewLink",
            Ready.Release(22, change: r => r.Ready().PostedReady("https://old.test")).Probed(22, succeeded: true), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa answers as expected.
              tell success aaaaaaa "Successfully created ephemeral environment for PR" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Probing_OnceFluxHasFailed_IsFailureAndStopsProbing",
            Deploying.Release(22, change: r => r.Failed().PostedPending(Url)).Probed(22, succeeded: false, failures: 2), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/InstallFailed aaaaaaa by EvaluateRelease: Flux says InstallFailed: timed out waiting for the condition.
              tell failure aaaaaaa "Ephemeral environment for PR failed: InstallFailed" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
            event Warning EnvFailed: PR 22: Flux says InstallFailed: timed out waiting for the condition.
            """),
        new("Probing_ReadyAndThenFluxFails_IsFailure", Ready.Release(22, change: r => r.Failed("UpgradeFailed").PostedReady(Url)).Probed(
            22, succeeded: true), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/UpgradeFailed aaaaaaa by EvaluateRelease: Flux says UpgradeFailed: timed out waiting for the condition.
              tell failure aaaaaaa "Ephemeral environment for PR failed: UpgradeFailed" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
            event Warning EnvFailed: PR 22: Flux says UpgradeFailed: timed out waiting for the condition.
            """),
        new("Probing_FailedByFluxAndInstalledNow_StaysFailedUntilItAnswers",
            World.Probing.Open(22).Row(22, "Failed", "InstallFailed").Release(22, change: r => r.Ready().PostedFailed(url: Url)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/InstallFailed aaaaaaa by EvaluateRelease: Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Probing_WithTheTextsUnknown_WaitsForGitHub",
            Texts.Away(Core.Model.UnavailableReason.ServerError).Row(22, "Deploying", "Progressing")
            .Release(22, change: r => r.Ready().PostedPending()), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Its URL is not known until GitHub answers.
            event Warning PRFetchFailed: GitHub is away: ServerError.
            """),
        new("Probing_ReadyWithTheTextsUnknown_StaysReady",
            Texts.Away(Core.Model.UnavailableReason.ServerError).Row(22, "Ready", "EnvReady")
            .Release(22, change: r => r.Ready().PostedReady()), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The environment was ready. Its URL is not known until GitHub answers.
            event Warning PRFetchFailed: GitHub is away: ServerError.
            """),
        new("Probing_FailedWithTheTextsUnknown_StaysFailed",
            Texts.Away(Core.Model.UnavailableReason.ServerError).Row(22, "Failed", "EnvUnhealthy")
            .Release(22, change: r => r.Ready().Posted("failure", "Ephemeral environment for PR became unhealthy")), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Failed/EnvUnhealthy aaaaaaa by EvaluateRelease: The environment was ready and became unhealthy. Its URL is not known until GitHub answers.
            event Warning PRFetchFailed: GitHub is away: ServerError.
            """),
        new("Probing_WithRememberedTexts_GoesOnWhileGitHubIsAway",
            (Texts.Away(Core.Model.UnavailableReason.ServerError) with { Remembered = Texts.Open(22).PullRequests })
                .Row(22, "Ready", "EnvReady").Release(22, change: r => r.Ready().PostedReady()), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: https://topic.test/ answers as expected.
              probe https://topic.test/ of generation 1, patient until 12:20:00
            event Warning PRFetchFailed: GitHub is away: ServerError.
            """),
        new("Probing_OfAPortThatIsNone_SaysWhy",
            World.Probing.Spec(s => s with { EnvHealthCheckUrlTemplate = "https://node.test:<<PR_NUMBER>>/" }).Open(70000)
            .Release(70000, change: r => r.Ready()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 70000 Failed/InvalidURL aaaaaaa by EvaluateRelease: spec.envHealthCheckURLTemplate renders as https://node.test:70000/, which is not a valid URL: a port, for example, must be at most 65535.
              tell failure aaaaaaa "Ephemeral environment for PR failed: InvalidURL"
            event Warning EnvFailed: PR 70000: spec.envHealthCheckURLTemplate renders as https://node.test:70000/, which is not a valid URL: a port, for example, must be at most 65535.
            """),
    ];
}
