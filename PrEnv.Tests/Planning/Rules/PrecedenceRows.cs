using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>Which comes first when more than one of approval, checks, limit, sleep and expiry is the case: one row for each pair.</summary>
internal static class PrecedenceRows
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly World Ready = World.Fluxed.Sleeping().Open(22).Release(
        22, change: r => r.Ready().Posted("success", "Successfully created ephemeral environment for PR")).Idle(22, TimeSpan.Zero);

    private static readonly World Asleep = World.Fluxed.Sleeping().Open(22).Asleep(22).Row(22, "Asleep", "EnvAsleep");

    private static readonly World Expired = World.Fluxed.Sleeping().Expiring().Open(22).Ordered(
        o => o with { Expired = o.Expired.Add(22, World.Plain.Open(22).Look(22)) }).Row(22, "Expired", "EnvExpired");

    private static readonly World Revived = Expired with { PullRequests = World.Plain.Labelled(22, "demo").PullRequests };

    private static readonly World Fork = World.Fluxed.Open(22, change: p => p with { IsFork = true, Labels = new LabelSet(["demo"]) });

    private static readonly World Pushed = World.Plain.Open(22, World.B);

    // From a fork: its head waits for an approval, and the environment has the commit before it.
    private static readonly World Pinned = World.Fluxed.Sleeping().Open(22, World.B, p => p with { IsFork = true }).Reviewed(22)
        .Release(22, World.A, r => r.Ready().Annotation(OwnerLabels.ApprovedShaAnnotation, World.A)
            .Posted("success", "Successfully created ephemeral environment for PR")).Row(22, "Ready", "EnvReady");

    public static RuleRow[] All { get; } =
    [
        new("Precedence_ClosedAndAsleep_IsRemoved", (Asleep with { PullRequests = [] }).Confirmed(22, PullRequestState.Closed), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/PullRequestClosed aaaaaaa by DeleteClosed: PR 22 is closed. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal NoActivePRs: No active PRs found
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Precedence_UnselectedAndAsleep_IsRemoved", Asleep.Selecting(s => s with { ExcludeAuthors = ["mona"] }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/AuthorExcluded aaaaaaa by DeleteUnselected: The author of the pull request is in spec.pullRequests.excludeAuthors. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Precedence_UnselectedAndKept_IsRemoved",
            Ready.Commandable().Ordered(o => o with { Kept = o.Kept.Add(22, "2026-03-01T14:00:00Z") })
            .Selecting(s => s with { ExcludeAuthors = ["mona"] }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/AuthorExcluded aaaaaaa by DeleteUnselected: The author of the pull request is in spec.pullRequests.excludeAuthors. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Precedence_ExpiredAndAsleep_IsRemoved", Asleep.Expiring("2h"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/EnvExpired aaaaaaa by DeleteExpired: Nothing has happened on the pull request for 2h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back. Flux is uninstalling the environment.
              delete envs/relpr-22
            expired: 22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            event Normal EnvExpired: The environment of PR 22 has expired. Nothing has happened on the pull request for 2h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back.
            """),
        new("Precedence_AsleepAndNotYetExpired_SaysBoth", Asleep.Expiring("3h"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by EvaluateRelease: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
              expires at 13:00:00
              look again at 13:00:00
            """),
        new("Precedence_ExpiredAndUnapproved_IsExpired",
            (World.Fluxed.Expiring().Sleeping().Fork(22) with { Resource = Expired.Resource }).Reviewed(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Expired/EnvExpired aaaaaaa by DeleteExpired: Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back.
            """),
        new("Precedence_ExpiredAndUnchecked_IsExpired", Expired.Waiting("build").Checked(World.A), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Expired/EnvExpired aaaaaaa by DeleteExpired: Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back.
            """),
        new("Precedence_ExpiredAndNoPlace_IsExpired", Holder(Expired.Limited(1)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Expired/EnvExpired aaaaaaa by DeleteExpired: Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back.
            PR 23 Ready/EnvReady bbbbbbb by EvaluateRelease: The HelmRelease is ready.
              expires at 13:00:00
              look again at 13:00:00
            """),
        new("Precedence_RevivedAndUnapproved_WaitsForApproval",
            Holder((Fork with { Resource = Expired.Limited(1).Waiting("build").Resource }).Reviewed(22)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/ApprovalRequired aaaaaaa by WaitForApproval: From a fork: a reviewer with write access must approve aaaaaaa.
              tell pending aaaaaaa "From a fork: a reviewer with write access must approve this commit"
            PR 23 Ready/EnvReady bbbbbbb by EvaluateRelease: The HelmRelease is ready.
              expires at 13:00:00
              look again at 13:00:00
            expired: 
            event Normal PRQueued: PR 22 is waiting. From a fork: a reviewer with write access must approve aaaaaaa.
            """),
        new("Precedence_RevivedAndUnchecked_WaitsForChecks", Holder(Revived.Limited(1).Waiting("build").Checked(World.A)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/WaitingForChecks aaaaaaa by WaitForChecks: Commit aaaaaaa will be installed once check build has succeeded.
              aaaaaaa waits for WaitingForChecks since 12:00:00
              tell pending aaaaaaa "Waiting for check build"
              look again at 13:00:00
            PR 23 Ready/EnvReady bbbbbbb by EvaluateRelease: The HelmRelease is ready.
              expires at 13:00:00
              look again at 13:00:00
            expired: 
            event Normal PRQueued: PR 22 is waiting. Commit aaaaaaa will be installed once check build has succeeded.
            """),
        new("Precedence_RevivedAndNoPlace_WaitsForAPlace", Holder(Revived.Limited(1)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/LimitReached aaaaaaa by WaitForPlace: Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Close one of these pull requests or raise the limit.
              tell pending aaaaaaa "Waiting for a free environment: 1st of 1"
            PR 23 Ready/EnvReady bbbbbbb by EvaluateRelease: The HelmRelease is ready.
              expires at 13:00:00
              look again at 13:00:00
            expired: 
            event Normal PRQueued: PR 22 is waiting. Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Close one of these pull requests or raise the limit.
            """),
        new("Precedence_AsleepAndLimited_KeepsItsPlace", Asleep.Limited(1).Open(23, World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by EvaluateRelease: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
            PR 23 Queued/LimitReached bbbbbbb by WaitForPlace: Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 22. Close one of these pull requests or raise the limit.
              tell pending bbbbbbb "Waiting for a free environment: 1st of 1"
            event Normal PRQueued: PR 23 is waiting. Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 22. Close one of these pull requests or raise the limit.
            """),
        new("Precedence_AsleepBeyondALoweredLimit_KeepsItsPlace", Holder(Asleep.Limited(1)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by EvaluateRelease: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
            PR 23 Ready/EnvReady bbbbbbb by EvaluateRelease: The HelmRelease is ready.
              look again at 13:00:00
            """),
        new("Precedence_AsleepAndUncheckedHead_WakesWithWhatItHas",
            (Asleep with { PullRequests = World.Plain.Open(22, World.B).PullRequests }).Waiting("build").Checked(World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/EnvAwake aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease. Commit bbbbbbb will be installed once check build has succeeded.
              bbbbbbb waits for WaitingForChecks since 12:00:00
              update envs/relpr-22 (spec, metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep)
              tell pending bbbbbbb "Waiting for check build"
              look again at 12:01:00
            event Normal EnvAwake: The environment of PR 22 is being woken up. Something has happened on the pull request.
            """),
        new("Precedence_UncheckedHeadAndIdle_SleepsWithWhatItHas",
            (Ready with { PullRequests = Pushed.PullRequests }).Idle(22, Hour, Pushed.Look(22)).Waiting("build").Checked(World.B)
            .Row(22, "Ready", "EnvReady"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it. Commit bbbbbbb will be installed once check build has succeeded.
              bbbbbbb waits for WaitingForChecks since 12:00:00
              update envs/relpr-22 (spec.values.replicaCount, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep, metadata.annotations.prcontroller.controllers.ephemeralenv.io/fields)
              tell pending bbbbbbb "Waiting for check build"
              look again at 13:00:00
            event Normal EnvAsleep: The environment of PR 22 has been put to sleep. Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
            """),
        new("Precedence_UnapprovedHeadAndIdle_SleepsWithWhatItHas", Pinned.Idle(22, Hour, Pushed.Look(22)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Asleep/EnvAsleep aaaaaaa by ApplyDesired: Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it. From a fork: a reviewer with write access must approve bbbbbbb.
              update envs/relpr-22 (spec.values.replicaCount, metadata.annotations.prcontroller.controllers.ephemeralenv.io/asleep, metadata.annotations.prcontroller.controllers.ephemeralenv.io/fields)
              tell pending bbbbbbb "From a fork: a reviewer with write access must approve this commit"
            event Normal EnvAsleep: The environment of PR 22 has been put to sleep. Nothing has happened on the pull request for 1h (spec.sleep.idleTimeout). A push, a label change or an approval will wake it.
            """),
        new("Precedence_UnapprovedAndNoPlace_WaitsForApproval", Holder(World.Fluxed.Sleeping().Limited(1).Fork(22).Reviewed(22)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/ApprovalRequired aaaaaaa by WaitForApproval: From a fork: a reviewer with write access must approve aaaaaaa.
              tell pending aaaaaaa "From a fork: a reviewer with write access must approve this commit"
            PR 23 Ready/EnvReady bbbbbbb by EvaluateRelease: The HelmRelease is ready.
              look again at 13:00:00
            event Normal PRQueued: PR 22 is waiting. From a fork: a reviewer with write access must approve aaaaaaa.
            """),
        new("Precedence_UncheckedAndNoPlace_WaitsForChecks",
            Holder(World.Fluxed.Sleeping().Limited(1).Open(22).Waiting("build").Checked(World.A)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/WaitingForChecks aaaaaaa by WaitForChecks: Commit aaaaaaa will be installed once check build has succeeded.
              aaaaaaa waits for WaitingForChecks since 12:00:00
              tell pending aaaaaaa "Waiting for check build"
              look again at 13:00:00
            PR 23 Ready/EnvReady bbbbbbb by EvaluateRelease: The HelmRelease is ready.
              look again at 13:00:00
            event Normal PRQueued: PR 22 is waiting. Commit aaaaaaa will be installed once check build has succeeded.
            """),
        new("Precedence_UnapprovedAndUnchecked_WaitsForApproval",
            World.Fluxed.Sleeping().Fork(22).Reviewed(22).Waiting("build").Checked(World.A), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/ApprovalRequired aaaaaaa by WaitForApproval: From a fork: a reviewer with write access must approve aaaaaaa.
              tell pending aaaaaaa "From a fork: a reviewer with write access must approve this commit"
            event Normal PRQueued: PR 22 is waiting. From a fork: a reviewer with write access must approve aaaaaaa.
            """),
    ];

    // Another pull request has the only place.
    private static World Holder(World world) => world.Open(23, World.B).Release(
            23, World.B, r => r.Ready().Posted("success", "Successfully created ephemeral environment for PR", sha: World.B))
        .Idle(23, TimeSpan.Zero);
}
