using PrEnv.Core.Model;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>The commands <c>sleep</c>, <c>wake</c> and <c>keep</c>.</summary>
internal static class SleepCommandRows
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly World Asleep = World.Fluxed.Sleeping().Open(22).Asleep(22).Row(22, "Asleep", "EnvAsleep");

    private static readonly World Expired = World.Fluxed.Expiring().Open(22).Ordered(
        o => o with { Expired = o.Expired.Add(22, World.Plain.Open(22).Look(22)) }).Row(22, "Expired", "EnvExpired");

    // By a command that was given when the pull request was still new.
    private static readonly World Slept = Ordered(Asleep.Sleeping(s => s with { IdleTimeout = "24h" }));

    private static readonly World SleptOnWeekdays = Ordered(
        World.Fluxed.OnWeekdays("100h").Open(22).Asleep(22).Row(22, "Asleep", "EnvAsleep"));

    public static RuleRow[] All { get; } =
    [
        new("Command_Sleep_PutsItToSleep",
            Environment(World.Fluxed.Sleeping().Open(22)).Idle(22, TimeSpan.Zero).Commandable().Commanded(22, CommandVerb.Sleep), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: A command in a comment put the environment to sleep. A push, a label change, an approval or the command /prenv wake will wake it.
              update envs/relpr-22 (spec.values.replicaCount, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep, metadata.annotations.prcontroller.controllers.ephemeralenv.io/fields)
            asleep: 22
            event Normal EnvAsleep: The environment of PR 22 has been put to sleep. A command in a comment put the environment to sleep. A push, a label change, an approval or the command /prenv wake will wake it.
            """),
        new("Command_SleepOfWhatIsNotReady_WaitsUntilItIs",
            World.Fluxed.Sleeping().Open(22).Release(22, change: r => r.Working().PostedPending()).Row(22, "Deploying", "Progressing")
            .Idle(22, TimeSpan.Zero).Commandable().Commanded(22, CommandVerb.Sleep), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
              look again at 12:25:00
            asleep: 22
            """),
        new("Command_SleepOfWhatALabelKeepsAwake_IsRefused",
            Environment(World.Fluxed.Sleeping(s => s with { KeepLabels = ["demo"] }).Labelled(22, "demo")).Idle(22, TimeSpan.Zero)
                .Commandable().Commanded(22, CommandVerb.Sleep), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
            """),
        new("Command_SleepBefore_Holds", Slept, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by EvaluateRelease: A command in a comment put the environment to sleep. A push, a label change, an approval or the command /prenv wake will wake it.
            """),
        new("Command_SleepBefore_EndsWithAPush", Slept with { PullRequests = World.Plain.Open(22, World.B).PullRequests }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing bbbbbbb by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec.values.prSHA, spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity, metadata.annotations.prcontroller.controllers.ephemeralenv.io/head-sha, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              tell pending bbbbbbb "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            asleep: 
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: aaaaaaa -> bbbbbbb
            event Normal EnvAwake: The environment of PR 22 is being woken up. Something has happened on the pull request.
            """),
        new("Command_SleepBefore_EndsWithAWake", Slept.Commanded(22, CommandVerb.Wake), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              look again at 12:01:00
            asleep: 
            event Normal EnvAwake: The environment of PR 22 is being woken up. Something has happened on the pull request.
            """),
        new("Command_SleepBefore_EndsWhenTheHoursBegin", SleptOnWeekdays.Later(TimeSpan.FromHours(19)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              look again at 07:01:00
            asleep: 
            event Normal EnvAwake: The environment of PR 22 is being woken up. The awake hours have begun (spec.sleep.awake).
            """),
        new("Command_SleepOrderedInTheFuture_DoesNotHold",
            Environment(World.Fluxed.Sleeping().Open(22)).Idle(22, TimeSpan.Zero).Commandable()
            .Ordered(o => o with { Asleep = o.Asleep.Add(22, "2026-03-02T12:00:00Z") }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              look again at 13:00:00
            asleep:
            """),
        new("Command_SleepWithoutSleepInTheSpec_DoesNotApply",
            Environment(World.Fluxed.Open(22)).Commandable().Commanded(22, CommandVerb.Sleep), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
            """),
        new("Command_SleepWithoutAnEnvironment_DoesNotApply",
            World.Fluxed.Sleeping().Open(22).Commandable().Commanded(22, CommandVerb.Sleep), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Command_SleepWhileCommandsAreOff_IsNothing",
            Environment(World.Fluxed.Sleeping().Open(22)).Idle(22, TimeSpan.Zero).Commanded(22, CommandVerb.Sleep), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              look again at 13:00:00
            """),
        new("Command_SleepBeforeCommandsWereOff_IsForgotten", Slept.Spec(s => s with { Report = null }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              look again at 12:01:00
            asleep: 
            event Normal EnvAwake: The environment of PR 22 is being woken up. Something has happened on the pull request.
            """),
        new("Command_Wake_WakesUp", Asleep.Commandable().Commanded(22, CommandVerb.Wake), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              look again at 12:01:00
            event Normal EnvAwake: The environment of PR 22 is being woken up. Something has happened on the pull request.
            """),
        new("Command_WakeOutsideTheHours_WakesForAnHour",
            World.Fluxed.OnWeekdays().Open(22).Asleep(22).Row(22, "Asleep", "EnvAsleep").Commandable().Commanded(22, CommandVerb.Wake), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              look again at 12:01:00
            event Normal EnvAwake: The environment of PR 22 is being woken up. Something has happened on the pull request.
            """),
        new("Command_WakeOfWhatHasExpired_BringsItBack", Expired.Commandable().Commanded(22, CommandVerb.Wake), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            expired: 
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Command_RebuildOfWhatSleeps_WakesItUp", Asleep.Commandable().Commanded(22, CommandVerb.Rebuild), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              look again at 12:01:00
            event Normal EnvAwake: The environment of PR 22 is being woken up. Something has happened on the pull request.
            """),
        new("Command_DeleteOfWhatSleeps_Deletes", Asleep.Commandable().Commanded(22, CommandVerb.Delete), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/DeletedByCommand aaaaaaa by DeleteUnselected: The environment was deleted by a command in a comment. The next push or the command /prenv rebuild will bring it back. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Command_Keep_HoldsOffSleep",
            Environment(World.Fluxed.Sleeping().Open(22)).Idle(22, Hour).Commandable().Commanded(22, CommandVerb.Keep, time: 3 * Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by ApplyDesired: The HelmRelease is ready.
              update envs/relpr-22 (metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity)
              look again at 15:00:00
            kept: 22 until 2026-03-01T15:00:00Z
            """),
        new("Command_KeepBefore_HoldsOffSleep", Kept(World.Fluxed.Sleeping(), Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              look again at 14:00:00
            """),
        new("Command_KeepBefore_HoldsOffExpiry", Kept(World.Fluxed.Expiring(), Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              expires at 14:00:00
              look again at 14:00:00
            """),
        new("Command_KeepBefore_HoldsOffBoth", Kept(World.Fluxed.Sleeping().Expiring("2h"), 2 * Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              expires at 14:00:00
              look again at 14:00:00
            """),
        new("Command_KeepBefore_EndsInTime", Kept(World.Fluxed.Sleeping().Expiring("20h"), 10 * Hour).Later(2 * Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change, an approval or the command /prenv wake will wake it.
              expires at 22:00:00
              update envs/relpr-22 (spec.values.replicaCount, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep, metadata.annotations.prcontroller.controllers.ephemeralenv.io/fields)
              look again at 22:00:00
            kept: 
            event Normal EnvAsleep: The environment of PR 22 has been put to sleep. Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change, an approval or the command /prenv wake will wake it.
            """),
        new("Command_KeepBefore_IsNotForgottenByAClockThatJumped",
            Kept(World.Fluxed.Sleeping(), Hour).Later(2 * Hour) with { ClockSteadySince = World.Noon + (2 * Hour) }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              look again at 14:05:00
            """),
        new("Command_KeepBefore_EndsWithSleep", Kept(World.Fluxed.Sleeping(), Hour).Commanded(22, CommandVerb.Sleep), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: A command in a comment put the environment to sleep. A push, a label change, an approval or the command /prenv wake will wake it.
              update envs/relpr-22 (spec.values.replicaCount, metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep, metadata.annotations.prcontroller.controllers.ephemeralenv.io/fields)
            asleep: 22
            kept: 
            event Normal EnvAsleep: The environment of PR 22 has been put to sleep. A command in a comment put the environment to sleep. A push, a label change, an approval or the command /prenv wake will wake it.
            """),
        new("Command_KeepOfWhatSleeps_WakesItUp", Asleep.Commandable().Commanded(22, CommandVerb.Keep, time: Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              look again at 12:01:00
            kept: 22 until 2026-03-01T13:00:00Z
            event Normal EnvAwake: The environment of PR 22 is being woken up. A command in a comment keeps the environment.
            """),
        new("Command_KeepOfWhatHasExpired_BringsItBack", Expired.Commandable().Commanded(22, CommandVerb.Keep, time: Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            expired: 
            kept: 22 until 2026-03-01T13:00:00Z
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Command_KeepForThirtyDays_IsTheMost",
            Environment(World.Fluxed.Sleeping().Open(22)).Idle(22, TimeSpan.Zero).Commandable()
            .Commanded(22, CommandVerb.Keep, time: TimeSpan.FromDays(30)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              look again at 12:00:00
            kept: 22 until 2026-03-31T12:00:00Z
            """),
        new("Command_KeepForLonger_DoesNotApply",
            Environment(World.Fluxed.Sleeping().Open(22)).Idle(22, TimeSpan.Zero).Commandable()
            .Commanded(22, CommandVerb.Keep, time: TimeSpan.FromDays(31)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              look again at 13:00:00
            """),
        new("Command_KeepForNoTime_DoesNotApply",
            Environment(World.Fluxed.Sleeping().Open(22)).Idle(22, TimeSpan.Zero).Commandable()
            .Commanded(22, CommandVerb.Keep, time: TimeSpan.Zero), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              look again at 13:00:00
            """),
        new("Command_KeepWithoutSleepAndExpiry_DoesNotApply",
            Environment(World.Fluxed.Open(22)).Commandable().Commanded(22, CommandVerb.Keep, time: Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
            """),
        new("Command_SleepThenWakeInOneGo_EndsAwake",
            Environment(World.Fluxed.Sleeping().Open(22)).Idle(22, TimeSpan.Zero).Commandable().Commanded(22, CommandVerb.Sleep, id: 7)
            .Commanded(22, CommandVerb.Wake, id: 8), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              look again at 13:00:00
            """),
    ];

    private static World Ordered(World world) =>
        world.Commandable().Ordered(o => o with { Asleep = o.Asleep.Add(22, "2026-03-01T10:00:00Z") });

    // Until 14:00, two hours later than now.
    private static World Kept(World world, TimeSpan idle) => Environment(world.Open(22)).Idle(22, idle).Commandable()
        .Ordered(o => o with { Kept = o.Kept.Add(22, "2026-03-01T14:00:00Z") });

    private static World Environment(World world) =>
        world.Release(22, change: r => r.Ready().Posted("success", "Successfully created ephemeral environment for PR"));
}
