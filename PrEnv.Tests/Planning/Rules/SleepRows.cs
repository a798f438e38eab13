using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>sleep: who is idle, or outside the awake hours, runs with other values until something happens.</summary>
internal static class SleepRows
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // The hours begin on Monday, at seven.
    private static readonly TimeSpan Monday = TimeSpan.FromHours(19);

    private static readonly World Ready = Environment(World.Fluxed.Sleeping().Open(22));

    private static readonly World Asleep = World.Fluxed.Sleeping().Open(22).Asleep(22).Row(22, "Asleep", "EnvAsleep");

    private static readonly World AsleepProbing = World.Probing.Sleeping().Open(22)
        .Asleep(22, change: r => r.PostedReady(World.UrlOf(22, World.A)).Attempted(2)).Row(22, "Asleep", "EnvAsleep");

    // Flux has taken up what wakes it.
    private static readonly World WokenProbing = Active(
        World.Probing.Sleeping().Open(22).Release(22, change: r => Later(r).Ready().Attempted(3).Posted(
            "success", "Successfully created ephemeral environment for PR", World.UrlOf(22, World.A), generation: 1))
        .Row(22, "Deploying", "EnvAwake"));

    // Its head waits for an approval, and the environment has the commit before it.
    private static readonly World Fork = World.Fluxed.Sleeping().Open(22, World.B, p => p with { IsFork = true }).Reviewed(22)
        .Asleep(22, World.A, r => r.Annotation(OwnerLabels.ApprovedShaAnnotation, World.A), _ => World.Plain.Fork(22).Look(22, true))
        .Row(22, "Asleep", "EnvAsleep");

    private static readonly World OutOfHours = World.Fluxed.OnWeekdays().Open(22).Asleep(22).Row(22, "Asleep", "EnvAsleep");

    public static RuleRow[] All { get; } =
    [
        new("Sleep_OfANewPullRequest_StartsAwake", World.Fluxed.Sleeping().Open(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Sleep_NotReached_IsWaitedFor", Ready.Idle(22, Hour - TimeSpan.FromSeconds(1)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              look again at 12:00:01
            """),
        new("Sleep_Reached_IsOneWrite", Ready.Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
              update envs/relpr-22 (spec.values.replicaCount, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep, metadata.annotations.prcontroller.controllers.ephemeralenv.io/fields)
            event Normal EnvAsleep: The environment of PR 22 has been put to sleep. Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
            """),
        new("Sleep_OfWhatHasRecovered_TellsThatFirst",
            World.Fluxed.Sleeping().Open(22).Release(22, change: r => r.Ready().PostedFailed()).Row(22, "Failed", "InstallFailed")
                .Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
              update envs/relpr-22 (spec.values.replicaCount, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep, metadata.annotations.prcontroller.controllers.ephemeralenv.io/fields)
              tell success aaaaaaa "Successfully created ephemeral environment for PR"
            event Normal EnvReady: Environment is ready for PR 22
            event Normal EnvAsleep: The environment of PR 22 has been put to sleep. Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
            """),
        new("Sleep_OfWhatSleeps_IsNoNews", Asleep, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by EvaluateRelease: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
            """),
        new("Sleep_OfWhatSleepsAfterARestart_IsNoNews", Asleep with { Resource = World.Fluxed.Sleeping().Resource }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by EvaluateRelease: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
            """),
        new("Sleep_ThenAPush_IsAnOrdinaryRollout", Asleep with { PullRequests = World.Plain.Open(22, World.B).PullRequests }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing bbbbbbb by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec.values.prSHA, spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity, metadata.annotations.prcontroller.controllers.ephemeralenv.io/head-sha, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              tell pending bbbbbbb "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: aaaaaaa -> bbbbbbb
            event Normal EnvAwake: The environment of PR 22 is being woken up. Something has happened on the pull request.
            """),
        new("Sleep_ThenALabel_WakesUp", Asleep with { PullRequests = World.Plain.Labelled(22, "demo").PullRequests }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              look again at 12:01:00
            event Normal EnvAwake: The environment of PR 22 is being woken up. Something has happened on the pull request.
            """),
        new("Sleep_ThenALabelAfterARestart_WakesUp",
            Asleep with { PullRequests = World.Plain.Labelled(22, "demo").PullRequests, Resource = World.Fluxed.Sleeping().Resource }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              look again at 12:01:00
            event Normal EnvAwake: The environment of PR 22 is being woken up. Something has happened on the pull request.
            """),
        new("Waking_WhileFluxWorks_IsDeploying", Woken(r => r.Working().Attempted(2), "Asleep", "EnvAsleep"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
              look again at 12:20:00
            """),
        new("Waking_WhileFluxWorks_IsNoNews", Woken(r => r.Working().Attempted(2)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
              look again at 12:25:00
            """),
        new("Waking_ReadyAgain_IsNoNewsToGitHub", Woken(r => r.Ready().Attempted(3)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              look again at 12:59:00
            event Normal EnvReady: Environment is ready for PR 22
            """),
        new("Waking_Failing_Fails", Woken(r => r.Failed("UpgradeFailed").Attempted(3)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/UpgradeFailed aaaaaaa by EvaluateRelease: Flux says UpgradeFailed: timed out waiting for the condition.
              tell failure aaaaaaa "Ephemeral environment for PR failed: UpgradeFailed"
              look again at 12:59:00
            event Warning EnvFailed: PR 22: Flux says UpgradeFailed: timed out waiting for the condition.
            """),
        new("Waking_ForTooLong_Fails", Woken(r => r.Working().Attempted(2)).Later(TimeSpan.FromMinutes(26)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/HealthCheckTimeout aaaaaaa by EvaluateRelease: The environment did not become ready within 30m. Flux says Progressing: Running 'install' action with timeout of 5m0s.
              tell failure aaaaaaa "Ephemeral environment for PR did not become ready within 30m"
              look again at 12:59:00
            event Warning EnvFailed: PR 22: The environment did not become ready within 30m. Flux says Progressing: Running 'install' action with timeout of 5m0s.
            """),
        new("Waking_OfWhatAnswersOnlyFromBefore_IsProbed", WokenProbing.Probed(22, true), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by EvaluateRelease: Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 3, patient until 12:25:00
              look again at 12:25:00
            """),
        new("Waking_OfWhatAnswers_IsReady", WokenProbing.Probed(22, true, generation: 3), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa answers as expected.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 3, patient until 12:20:00
              look again at 12:59:00
            event Normal EnvReady: Environment is ready for PR 22
            """),
        new("Sleep_OfWhatIsProbed_RestsTheProbes", AsleepProbing, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by EvaluateRelease: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
            """),
        new("Sleep_OfWhatHasFailed_WaitsForPeople",
            World.Fluxed.Sleeping().Open(22).Release(22, change: r => r.Failed().PostedFailed()).Row(22, "Failed", "InstallFailed")
            .Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/InstallFailed aaaaaaa by EvaluateRelease: Flux says InstallFailed: timed out waiting for the condition.
            """),
        new("Sleep_OfWhatIsBeingDeployed_WaitsUntilItIsReady",
            World.Fluxed.Sleeping().Open(22).Release(22, change: r => r.Working().PostedPending()).Row(22, "Deploying", "Progressing")
            .Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
              look again at 12:25:00
            """),
        new("Sleep_OfWhatIsNewlyReady_TellsThatFirst",
            World.Fluxed.Sleeping().Open(22).Release(22, change: r => r.Ready().PostedPending()).Row(22, "Deploying", "Progressing")
            .Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
              update envs/relpr-22 (spec.values.replicaCount, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep, metadata.annotations.prcontroller.controllers.ephemeralenv.io/fields)
              tell success aaaaaaa "Successfully created ephemeral environment for PR"
            event Normal EnvReady: Environment is ready for PR 22
            event Normal EnvAsleep: The environment of PR 22 has been put to sleep. Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
            """),
        new("Sleep_OfWhatIsApplied_WaitsForFlux",
            World.Plain.Sleeping().Open(22).Release(22, change: r => r.Working().PostedSubmitted()).Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            """),
        new("Sleep_OfWhatIsAppliedAndInstalled_IsOneWrite",
            World.Plain.Sleeping().Open(22).Release(22, change: r => r.Ready().PostedSubmitted()).Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
              update envs/relpr-22 (spec.values.replicaCount, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep, metadata.annotations.prcontroller.controllers.ephemeralenv.io/fields)
            event Normal EnvAsleep: The environment of PR 22 has been put to sleep. Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
            """),
        new("Sleep_OutsideTheHours_LastsUntilTheyBegin", Environment(World.Fluxed.OnWeekdays().Open(22)).Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: It is outside the awake hours (spec.sleep.awake). The environment will wake up at 2026-03-02 07:00:00 UTC; before that, a push, a label change or an approval will wake it.
              update envs/relpr-22 (spec.values.replicaCount, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep, metadata.annotations.prcontroller.controllers.ephemeralenv.io/fields)
              look again at 07:00:00
            event Normal EnvAsleep: The environment of PR 22 has been put to sleep. It is outside the awake hours (spec.sleep.awake). The environment will wake up at 2026-03-02 07:00:00 UTC; before that, a push, a label change or an approval will wake it.
            """),
        new("Sleep_OutsideTheHours_SparesWhatWasActive",
            Environment(World.Fluxed.OnWeekdays().Open(22)).Idle(22, Hour - TimeSpan.FromMinutes(1)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              look again at 12:01:00
            """),
        new("Sleep_OutsideTheHours_SparesForTheTimeoutIfThatIsShorter",
            Environment(World.Fluxed.OnWeekdays("10m").Open(22)).Idle(22, TimeSpan.FromMinutes(9)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              look again at 12:01:00
            """),
        new("Sleep_WhenTheHoursBegin_WakesUp", OutOfHours.Later(Monday), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              look again at 07:01:00
            event Normal EnvAwake: The environment of PR 22 is being woken up. The awake hours have begun (spec.sleep.awake).
            """),
        new("Sleep_JustBeforeTheHoursBegin_Lasts", OutOfHours.Later(Monday - TimeSpan.FromSeconds(1)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by EvaluateRelease: It is outside the awake hours (spec.sleep.awake). The environment will wake up at 2026-03-02 07:00:00 UTC; before that, a push, a label change or an approval will wake it.
              look again at 07:00:00
            """),
        new("Sleep_WithinTheHours_CountsIdlenessFromTheirBeginning",
            Environment(World.Fluxed.OnWeekdays("4h").Open(22)).Idle(22, 9 * Hour).Later(Monday + (3 * Hour)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              look again at 11:00:00
            """),
        new("Sleep_WithinTheHours_ComesForIdlenessToo",
            Environment(World.Fluxed.OnWeekdays("4h").Open(22)).Idle(22, 9 * Hour).Later(Monday + (4 * Hour)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: Nothing has happened on the pull request for 4h (spec.sleep.idleTimeout). The environment will wake up at 2026-03-03 07:00:00 UTC; before that, a push, a label change or an approval will wake it.
              update envs/relpr-22 (spec.values.replicaCount, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep, metadata.annotations.prcontroller.controllers.ephemeralenv.io/fields)
              look again at 07:00:00
            event Normal EnvAsleep: The environment of PR 22 has been put to sleep. Nothing has happened on the pull request for 4h (spec.sleep.idleTimeout). The environment will wake up at 2026-03-03 07:00:00 UTC; before that, a push, a label change or an approval will wake it.
            """),
        new("Sleep_WithALabelThatKeepsIt_IsNotWaitedFor", Environment(World.Fluxed.Sleeping(Demo).Labelled(22, "Demo")).Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
            """),
        new("Sleep_ThenALabelThatKeepsIt_WakesUp",
            World.Fluxed.Sleeping(Demo).Labelled(22, "demo").Asleep(22, look: p => World.Plain.Open(22).Look(22))
            .Row(22, "Asleep", "EnvAsleep"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              look again at 12:01:00
            event Normal EnvAwake: The environment of PR 22 is being woken up. The pull request has one of the labels in spec.sleep.keepLabels.
            """),
        new("Sleep_WithoutItsLabels_IsNotDecided", Environment(World.Fluxed.Sleeping(Demo).Open(22)).Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
            """),
        new("Sleep_WithoutItsLabels_Lasts", World.Fluxed.Sleeping(Demo).Open(22).Asleep(22).Row(22, "Asleep", "EnvAsleep"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by EvaluateRelease: The environment stays asleep until GitHub can be read again.
            """),
        new("Sleep_WhileGitHubIsAway_Lasts", Asleep.Away(UnavailableReason.ServerError), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Asleep/EnvAsleep aaaaaaa by EvaluateRelease: The environment stays asleep until GitHub can be read again.
            event Warning PRFetchFailed: GitHub is away: ServerError.
            """),
        new("Sleep_WhileGitHubIsAway_DoesNotBegin", Ready.Idle(22, Hour).Away(UnavailableReason.ServerError), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
            event Warning PRFetchFailed: GitHub is away: ServerError.
            """),
        new("Sleep_WhileTheRepositoryIsLost_IsHeld", Asleep.Away(UnavailableReason.NotFound), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: NotFound.
            PR 22 Held/NotFound aaaaaaa by EvaluateRelease: Nothing is deleted: GitHub is away: NotFound.
            event Warning PRFetchFailed: GitHub is away: NotFound.
            """),
        new("Sleep_JustAfterTheClockJumped_WaitsUntilItIsSteady",
            Ready.Idle(22, Hour) with { ClockSteadySince = World.Noon - TimeSpan.FromMinutes(4) }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              look again at 12:01:00
            """),
        new("Sleep_OfWhatSleepsJustAfterTheClockJumped_Lasts", Asleep with { ClockSteadySince = World.Noon - TimeSpan.FromMinutes(4) }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by EvaluateRelease: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
              look again at 12:01:00
            """),
        new("Sleep_RecordedInTheFuture_StartsNow", Ready.Idle(22, TimeSpan.FromMinutes(-6)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by ApplyDesired: The HelmRelease is ready.
              update envs/relpr-22 (metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity)
              look again at 13:00:00
            """),
        new("Sleep_RemovedFromTheSpec_WakesAll", Asleep.Spec(s => s with { Sleep = null }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              look again at 12:01:00
            event Normal EnvAwake: The environment of PR 22 is being woken up. spec.sleep has been removed.
            """),
        new("Sleep_ChangedByHand_IsRestored",
            World.Fluxed.Sleeping().Open(22).Asleep(22, change: r => r.Set("values.replicaCount", 3).NextGeneration())
            .Row(22, "Asleep", "EnvAsleep"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
              update envs/relpr-22 (spec.values.replicaCount)
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: spec.values.replicaCount at aaaaaaa
            """),
        new("Sleep_WithOtherValuesInTheSpec_IsOneWrite", Asleep.Helm(h => h with { Values = ReleaseExtensions.Json("""{"a":1}""") }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
              update envs/relpr-22 (spec.values.a, spec)
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: spec.values.a, spec at aaaaaaa
            """),
        new("Sleep_WhoseMarkWasRemovedByHand_IsMarkedAgain",
            World.Fluxed.Sleeping().Open(22).Asleep(22, change: r => r.Annotation(OwnerLabels.AsleepAnnotation, null))
            .Row(22, "Asleep", "EnvAsleep"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
              update envs/relpr-22 (metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
            event Normal EnvAsleep: The environment of PR 22 has been put to sleep. Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
            """),
        new("Sleep_WhoseMarkIsNoTime_IsMarkedAgain",
            World.Fluxed.Sleeping().Open(22).Asleep(22, change: r => r.Annotation(OwnerLabels.AsleepAnnotation, "<x>"))
            .Row(22, "Asleep", "EnvAsleep"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
              update envs/relpr-22 (metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
            event Normal EnvAsleep: The environment of PR 22 has been put to sleep. Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
            """),
        new("Sleep_WhoseMarkAPolicyRemoves_Lasts",
            World.Fluxed.Sleeping().Open(22).Asleep(22, change: r => r.Overridden(Unmarked)).Row(22, "Asleep", "EnvAsleep"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it. An admission policy of the cluster overrides metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep of the HelmRelease whenever it is written; the controller leaves that as it is.
            """),
        new("Sleep_WhoseValuesChangeNothing_IsAWriteOfAnnotations",
            Environment(World.Fluxed.Helm(h => h with { Values = ReleaseExtensions.Json("""{"replicaCount":0}""") }).Sleeping().Open(22))
            .Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
              update envs/relpr-22 (metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
            event Normal EnvAsleep: The environment of PR 22 has been put to sleep. Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
            """),
        new("Sleep_WhoseValuesChangeNothing_EndsLikeAnother",
            World.Fluxed.Helm(h => h with { Values = ReleaseExtensions.Json("""{"replicaCount":0}""") }).Sleeping().Labelled(22, "demo")
            .Asleep(22, look: p => World.Plain.Open(22).Look(22)).Row(22, "Asleep", "EnvAsleep"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by ApplyDesired: The HelmRelease is ready.
              update envs/relpr-22 (metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              look again at 13:00:00
            event Normal EnvAwake: The environment of PR 22 is being woken up. Something has happened on the pull request.
            event Normal EnvReady: Environment is ready for PR 22
            """),
        new("Sleep_WhileFluxFails_SaysSo",
            World.Fluxed.Sleeping().Open(22).Asleep(22, change: r => r.Failed("UpgradeFailed").Attempted(2))
            .Row(22, "Asleep", "EnvAsleep"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by EvaluateRelease: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it. Flux says UpgradeFailed: timed out waiting for the condition.
            """),
        new("Sleep_WithADeploymentAndAComment_TellsTheComment", Ready.Deploying().Commenting().Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
              update envs/relpr-22 (spec.values.replicaCount, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep, metadata.annotations.prcontroller.controllers.ephemeralenv.io/fields)
            event Normal EnvAsleep: The environment of PR 22 has been put to sleep. Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
            """),
        new("Sleep_OfACommitThatOthersHave_KeepsItsVerdict", Asleep.Open(23).Release(23, change: r => r.Working().PostedPending()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by EvaluateRelease: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
              tell success aaaaaaa "Successfully created ephemeral environment for PR"; shown as pending aaaaaaa "PR 23: Creation of ephemeral environment for PR in progress"
            PR 23 Deploying/Progressing aaaaaaa by ApplyDesired: Flux says Progressing: Running 'install' action with timeout of 5m0s.
              update envs/relpr-23 (metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity)
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"; shown as pending aaaaaaa "PR 23: Creation of ephemeral environment for PR in progress"
              look again at 12:20:00
            """),
        new("Sleep_OfAForkWhoseHeadWaits_EndsWithThePush", Fork, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease. From a fork: a reviewer with write access must approve bbbbbbb.
              update envs/relpr-22 (spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              tell pending bbbbbbb "From a fork: a reviewer with write access must approve this commit"
              look again at 12:01:00
            event Normal EnvAwake: The environment of PR 22 is being woken up. Something has happened on the pull request.
            """),
    ];

    private static HelmRelease Unmarked(HelmRelease release) => release.Annotation(OwnerLabels.AsleepAnnotation, null);

    private static Sleep Demo(Sleep sleep) => sleep with { KeepLabels = ["demo"] };

    private static World Environment(World world) =>
        world.Release(22, change: r => r.Ready().Posted("success", "Successfully created ephemeral environment for PR"));

    private static World Woken(Func<HelmRelease, HelmRelease> flux, string phase = "Deploying", string reason = "EnvAwake") => Active(
        World.Fluxed.Sleeping().Open(22).Release(
            22, change: r => flux(Later(r)).Posted("success", "Successfully created ephemeral environment for PR", generation: 1))
        .Row(22, phase, reason));

    // It was put to sleep and woken up: two more generations.
    private static HelmRelease Later(HelmRelease release) => release.NextGeneration().NextGeneration();

    private static World Active(World world) => world.Idle(22, TimeSpan.FromMinutes(1));
}
