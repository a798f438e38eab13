using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>Commits that wait for their checks.</summary>
internal static class CheckRows
{
    private static readonly string C = new('c', 40);

    private static readonly World Building = World.Fluxed.Waiting("build");

    private static readonly World Pushed = Building
        .Release(22, change: r => r.Ready().PostedReady()).Row(22, "Ready", "EnvReady").Open(22, World.B);

    public static RuleRow[] All { get; } =
    [
        new("Check_NotRead_WaitsWithoutStatus", Building.Open(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/ChecksUnknown aaaaaaa by WaitForChecks: It is not known whether check build succeeded for aaaaaaa. GitHub has not been asked yet.
              aaaaaaa waits for ChecksUnknown since 12:00:00
            event Normal PRQueued: PR 22 is waiting. It is not known whether check build succeeded for aaaaaaa. GitHub has not been asked yet.
            """),
        new("Check_Missing_Waits", Building.Open(22).Checked(World.A, ("test", CheckState.Failed)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/WaitingForChecks aaaaaaa by WaitForChecks: Commit aaaaaaa will be installed once check build has succeeded.
              aaaaaaa waits for WaitingForChecks since 12:00:00
              tell pending aaaaaaa "Waiting for check build"
              look again at 13:00:00
            event Normal PRQueued: PR 22 is waiting. Commit aaaaaaa will be installed once check build has succeeded.
            """),
        new("Check_Missing_WaitsAsBefore_IsNoNews", Waited(Reasons.WaitingForChecks, 10).Checked(World.A), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/WaitingForChecks aaaaaaa by WaitForChecks: Commit aaaaaaa will be installed once check build has succeeded.
              aaaaaaa waits for WaitingForChecks since 11:50:00
              tell pending aaaaaaa "Waiting for check build"
              look again at 12:50:00
            """),
        new("Check_Running_Waits", Building.Open(22).Checked(World.A, ("build", CheckState.Running)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/WaitingForChecks aaaaaaa by WaitForChecks: Commit aaaaaaa will be installed once check build has succeeded.
              aaaaaaa waits for WaitingForChecks since 12:00:00
              tell pending aaaaaaa "Waiting for check build"
              look again at 13:00:00
            event Normal PRQueued: PR 22 is waiting. Commit aaaaaaa will be installed once check build has succeeded.
            """),
        new("Check_Passed_IsCreated", Building.Open(22).Checked(World.A, ("build", CheckState.Passed)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Check_PassedAfterAFailure_IsCreated",
            Building.Open(22).Checked(World.A, ("build", CheckState.Failed), ("build", CheckState.Passed)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Check_Failed_SaysSo", Building.Open(22).Checked(World.A, ("build", CheckState.Failed)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/ChecksFailed aaaaaaa by WaitForChecks: Commit aaaaaaa is not installed: check build failed. Run it again, or push a commit that fixes this.
              aaaaaaa waits for ChecksFailed since 12:00:00
              tell failure aaaaaaa "Check build failed"
            event Normal PRQueued: PR 22 is waiting. Commit aaaaaaa is not installed: check build failed. Run it again, or push a commit that fixes this.
            """),
        new("Check_FailedAfterASuccess_SaysSo",
            Building.Open(22).Checked(World.A, ("build", CheckState.Passed), ("build", CheckState.Failed)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/ChecksFailed aaaaaaa by WaitForChecks: Commit aaaaaaa is not installed: check build failed. Run it again, or push a commit that fixes this.
              aaaaaaa waits for ChecksFailed since 12:00:00
              tell failure aaaaaaa "Check build failed"
            event Normal PRQueued: PR 22 is waiting. Commit aaaaaaa is not installed: check build failed. Run it again, or push a commit that fixes this.
            """),
        new("Check_FailedAsBefore_IsNoNews", Waited(Reasons.ChecksFailed, 10).Checked(World.A, ("build", CheckState.Failed)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/ChecksFailed aaaaaaa by WaitForChecks: Commit aaaaaaa is not installed: check build failed. Run it again, or push a commit that fixes this.
              aaaaaaa waits for ChecksFailed since 11:50:00
              tell failure aaaaaaa "Check build failed"
            """),
        new("Check_RunAgain_WaitsFromThenOn",
            Waited(Reasons.ChecksFailed, 120).Checked(World.A, ("build", CheckState.Failed), ("build", CheckState.Running)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/WaitingForChecks aaaaaaa by WaitForChecks: Commit aaaaaaa will be installed once check build has succeeded.
              aaaaaaa waits for WaitingForChecks since 12:00:00
              tell pending aaaaaaa "Waiting for check build"
              look again at 13:00:00
            event Normal PRQueued: PR 22 is waiting. Commit aaaaaaa will be installed once check build has succeeded.
            """),
        new("Check_ForTooLong_Fails", Waited(Reasons.WaitingForChecks, 60).Checked(World.A), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/ChecksTimedOut aaaaaaa by WaitForChecks: Commit aaaaaaa is not installed: check build did not succeed within 1h (spec.waitFor.timeout). It will be installed if it still does. spec.waitFor.checks must name checks exactly as GitHub does.
              aaaaaaa waits for ChecksTimedOut since 11:00:00
              tell failure aaaaaaa "Check build did not succeed within 1h"
            event Normal PRQueued: PR 22 is waiting. Commit aaaaaaa is not installed: check build did not succeed within 1h (spec.waitFor.timeout). It will be installed if it still does. spec.waitFor.checks must name checks exactly as GitHub does.
            """),
        new("Check_ForTooLong_OfAnOlderCommit_IsForgotten", Waited(Reasons.WaitingForChecks, 60, World.B).Checked(World.A), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/WaitingForChecks aaaaaaa by WaitForChecks: Commit aaaaaaa will be installed once check build has succeeded.
              aaaaaaa waits for WaitingForChecks since 12:00:00
              tell pending aaaaaaa "Waiting for check build"
              look again at 13:00:00
            """),
        new("Check_ForTooLong_WithAnotherTimeout_Waits",
            Waited(Reasons.ChecksTimedOut, 60).Spec(s => s with { WaitFor = s.WaitFor! with { Timeout = "2h" } }).Checked(World.A), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/WaitingForChecks aaaaaaa by WaitForChecks: Commit aaaaaaa will be installed once check build has succeeded.
              aaaaaaa waits for WaitingForChecks since 11:00:00
              tell pending aaaaaaa "Waiting for check build"
              look again at 13:00:00
            event Normal PRQueued: PR 22 is waiting. Commit aaaaaaa will be installed once check build has succeeded.
            """),
        new("Check_PassedAfterTheTimeout_IsCreated", Waited(Reasons.ChecksTimedOut, 90).Checked(World.A, ("build", CheckState.Passed)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Check_NotReadable_SaysWhy", Waited(Reasons.WaitingForChecks, 10).ChecksUnread(World.A), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/ChecksUnknown aaaaaaa by WaitForChecks: It is not known whether check build succeeded for aaaaaaa. GitHub returned an error (500); retrying.
              aaaaaaa waits for ChecksUnknown since 11:50:00
            event Normal PRQueued: PR 22 is waiting. It is not known whether check build succeeded for aaaaaaa. GitHub returned an error (500); retrying.
            """),
        new("Check_NotReadableForALongTime_IsNoTimeout", Waited(Reasons.ChecksUnknown, 90).ChecksUnread(World.A), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/ChecksUnknown aaaaaaa by WaitForChecks: It is not known whether check build succeeded for aaaaaaa. GitHub returned an error (500); retrying.
              aaaaaaa waits for ChecksUnknown since 10:30:00
            """),
        new("Check_OfSeveral_NamesThoseInTheWay",
            Building.Waiting("build", "test", "lint").Open(22)
                .Checked(World.A, ("build", CheckState.Passed), ("lint", CheckState.Running)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/WaitingForChecks aaaaaaa by WaitForChecks: Commit aaaaaaa will be installed once checks test, lint have succeeded.
              aaaaaaa waits for WaitingForChecks since 12:00:00
              tell pending aaaaaaa "Waiting for check test"
              look again at 13:00:00
            event Normal PRQueued: PR 22 is waiting. Commit aaaaaaa will be installed once checks test, lint have succeeded.
            """),
        new("Check_OfSeveral_FailureDecides",
            Building.Waiting("build", "test", "lint").Open(22)
                .Checked(World.A, ("lint", CheckState.Failed), ("test", CheckState.Failed)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/ChecksFailed aaaaaaa by WaitForChecks: Commit aaaaaaa is not installed: checks test, lint failed. Run them again, or push a commit that fixes this.
              aaaaaaa waits for ChecksFailed since 12:00:00
              tell failure aaaaaaa "Check test failed"
            event Normal PRQueued: PR 22 is waiting. Commit aaaaaaa is not installed: checks test, lint failed. Run them again, or push a commit that fixes this.
            """),
        new("Check_OfANewCommit_LeavesTheOldOne", Pushed.Checked(World.B, ("build", CheckState.Running)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready. Commit bbbbbbb will be installed once check build has succeeded.
              bbbbbbb waits for WaitingForChecks since 12:00:00
              tell pending bbbbbbb "Waiting for check build"
              look again at 13:00:00
            """),
        new("Check_OfANewCommit_Failed_LeavesTheOldOne", Pushed.Checked(World.B, ("build", CheckState.Failed)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready. Commit bbbbbbb is not installed: check build failed. Run it again, or push a commit that fixes this.
              bbbbbbb waits for ChecksFailed since 12:00:00
              tell failure bbbbbbb "Check build failed"
            """),
        new("Check_OfANewCommit_NotReadable_LeavesTheOldOne", Pushed.ChecksUnread(World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready. It is not known whether check build succeeded for bbbbbbb. GitHub returned an error (500); retrying.
              bbbbbbb waits for ChecksUnknown since 12:00:00
            """),
        new("Check_OfANewCommit_ForTooLong_LeavesTheOldOne",
            Pushed.Waited(World.B, Reasons.WaitingForChecks, TimeSpan.FromHours(1)).Checked(World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready. Commit bbbbbbb is not installed: check build did not succeed within 1h (spec.waitFor.timeout). It will be installed if it still does. spec.waitFor.checks must name checks exactly as GitHub does.
              bbbbbbb waits for ChecksTimedOut since 11:00:00
              tell failure bbbbbbb "Check build did not succeed within 1h"
            """),
        new("Check_OfANewCommit_Passed_IsUpdated", Pushed.Checked(World.B, ("build", CheckState.Passed)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing bbbbbbb by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec.values.prSHA, metadata.annotations.prcontroller.controllers.ephemeralenv.io/head-sha)
              tell pending bbbbbbb "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: aaaaaaa -> bbbbbbb
            """),
        new("Check_OfANewCommit_LeavesTheOldOne_ButCorrectsIt",
            Building.Release(22, change: r => r.Ready().Chart("version", "9.9.9"))
                .Row(22, "Ready", "EnvReady")
                .Open(22, World.B)
                .Checked(World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease. Commit bbbbbbb will be installed once check build has succeeded.
              bbbbbbb waits for WaitingForChecks since 12:00:00
              update envs/relpr-22 (spec.chart.spec.version)
              tell pending bbbbbbb "Waiting for check build"
              look again at 12:01:00
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: spec.chart.spec.version at aaaaaaa
            """),
        new("Check_FailsOnceItIsInstalled_ChangesNothing",
            Building.Release(22, change: r => r.Ready().PostedReady())
                .Row(22, "Ready", "EnvReady")
                .Open(22)
                .Checked(World.A, ("build", CheckState.Failed)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
            """),
        new("Check_WithoutStatuses_WaitsAllTheSame", Building.Silent().Open(22).Checked(World.A), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/WaitingForChecks aaaaaaa by WaitForChecks: Commit aaaaaaa will be installed once check build has succeeded.
              aaaaaaa waits for WaitingForChecks since 12:00:00
              look again at 13:00:00
            event Normal PRQueued: PR 22 is waiting. Commit aaaaaaa will be installed once check build has succeeded.
            """),
        new("Check_OfAFork_WaitsForItsApprovalFirst", Building.Fork(22).Reviewed(22).Checked(World.A, ("build", CheckState.Passed)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/ApprovalRequired aaaaaaa by WaitForApproval: From a fork: a reviewer with write access must approve aaaaaaa.
              tell pending aaaaaaa "From a fork: a reviewer with write access must approve this commit"
            event Normal PRQueued: PR 22 is waiting. From a fork: a reviewer with write access must approve aaaaaaa.
            """),
        new("Check_OfAnApprovedFork_Waits",
            Building.Fork(22).Reviewed(22, new Review("mona", ReviewVerdict.Approved, World.A, MayWrite: true)).Checked(World.A), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/WaitingForChecks aaaaaaa by WaitForChecks: Commit aaaaaaa will be installed once check build has succeeded.
              aaaaaaa waits for WaitingForChecks since 12:00:00
              tell pending aaaaaaa "Waiting for check build"
              look again at 13:00:00
            event Normal PRQueued: PR 22 is waiting. Commit aaaaaaa will be installed once check build has succeeded.
            """),
        new("Check_OfAnApprovedFork_Passed_IsCreated",
            Building.Fork(22).Reviewed(22, new Review("mona", ReviewVerdict.Approved, World.A, MayWrite: true))
                .Checked(World.A, ("build", CheckState.Passed)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Check_OfAnApprovedFork_LeavesWhatWasNotApproved",
            Building.Release(22, change: r => r.Ready().Chart("version", "9.9.9")).Row(22, "Ready", "EnvReady")
                .Open(22, World.B, p => p with { IsFork = true })
                .Reviewed(22, new Review("mona", ReviewVerdict.Approved, World.B, MayWrite: true)).Checked(World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready. Commit bbbbbbb will be installed once check build has succeeded.
              bbbbbbb waits for WaitingForChecks since 12:00:00
              tell pending bbbbbbb "Waiting for check build"
              look again at 13:00:00
            """),
        new("Check_OfAnApprovedFork_LeavesWhatWasApproved",
            Building.Release(22, change: r => r.Ready().Chart("version", "9.9.9").Annotation(OwnerLabels.ApprovedShaAnnotation, World.A))
                .Row(22, "Ready", "EnvReady").Open(22, World.B, p => p with { IsFork = true })
                .Reviewed(22, new Review("mona", ReviewVerdict.Approved, World.B, MayWrite: true)).Checked(World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease. Commit bbbbbbb will be installed once check build has succeeded.
              bbbbbbb waits for WaitingForChecks since 12:00:00
              update envs/relpr-22 (spec.chart.spec.version)
              tell pending bbbbbbb "Waiting for check build"
              look again at 12:01:00
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: spec.chart.spec.version at aaaaaaa
            """),
        new("Check_WithALimit_DoesNotTakeAPlaceInTheQueue",
            Building.Limited(1).Release(21, change: r => r.Ready()
                .PostedReady())
                .Row(21, "Ready", "EnvReady")
                .Open(21)
                .Open(22, World.B)
                .Open(23, C)
                .Checked(World.B)
                .Checked(C, ("build", CheckState.Passed)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 21 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
            PR 22 Queued/WaitingForChecks bbbbbbb by WaitForChecks: Commit bbbbbbb will be installed once check build has succeeded.
              bbbbbbb waits for WaitingForChecks since 12:00:00
              tell pending bbbbbbb "Waiting for check build"
              look again at 13:00:00
            PR 23 Queued/LimitReached ccccccc by WaitForPlace: Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 21. Close one of these pull requests or raise the limit.
              tell pending ccccccc "Waiting for a free environment: 1st of 1"
            event Normal PRQueued: PR 22 is waiting. Commit bbbbbbb will be installed once check build has succeeded.
            event Normal PRQueued: PR 23 is waiting. Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 21. Close one of these pull requests or raise the limit.
            """),
        new("Check_Rejected_IsSkipped", Building.Selecting(s => s with { Labels = ["preview"] }).Labelled(22, "other").Checked(World.A), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/LabelMissing aaaaaaa by SkipUnselected: The pull request does not have the label "preview" of spec.pullRequests.labels.
            event Normal PRSkipped: No environment for PR 22: The pull request does not have the label "preview" of spec.pullRequests.labels.
            """),
        new("Check_OfAPredecessor_AtItsCommit_IsAdopted", Building.Release(22, change: r => r.OfPredecessor()).Open(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-22 (spec.releaseName, metadata.labels.app.kubernetes.io/managed-by, metadata.labels.prcontroller.controllers.ephemeralenv.io/name, metadata.labels.prcontroller.controllers.ephemeralenv.io/namespace, metadata.labels.prcontroller.controllers.ephemeralenv.io/pr-number, metadata.labels.prcontroller.controllers.ephemeralenv.io/uid, metadata.annotations.prcontroller.controllers.ephemeralenv.io/head-sha, metadata.annotations.prcontroller.controllers.ephemeralenv.io/pr-url, metadata.annotations.prcontroller.controllers.ephemeralenv.io/updated-at)
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseAdopted: Flux HelmRelease adopted for PR 22
            """),
        new("Check_OfAPredecessor_AtAnOlderCommit_IsAdoptedAsItIs",
            Building.Release(22, change: r => r.OfPredecessor()).Open(22, World.B).Checked(World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease. Commit bbbbbbb will be installed once check build has succeeded.
              bbbbbbb waits for WaitingForChecks since 12:00:00
              update envs/relpr-22 (spec.releaseName, metadata.labels.app.kubernetes.io/managed-by, metadata.labels.prcontroller.controllers.ephemeralenv.io/name, metadata.labels.prcontroller.controllers.ephemeralenv.io/namespace, metadata.labels.prcontroller.controllers.ephemeralenv.io/pr-number, metadata.labels.prcontroller.controllers.ephemeralenv.io/uid, metadata.annotations.prcontroller.controllers.ephemeralenv.io/head-sha, metadata.annotations.prcontroller.controllers.ephemeralenv.io/pr-url, metadata.annotations.prcontroller.controllers.ephemeralenv.io/updated-at)
              tell pending bbbbbbb "Waiting for check build"
              look again at 12:01:00
            event Normal FluxHelmReleaseAdopted: Flux HelmRelease adopted for PR 22
            """),
        new("Check_AnotherDestination_StaysUntilTheyPass",
            Building.Release(22, change: r => r.In("old").Ready()).Row(22, "Ready", "EnvReady").Open(22).Checked(World.A), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Moving aaaaaaa by MoveMisplaced: The environment is still in namespace old; it will move to envs once the checks have succeeded. Commit aaaaaaa will be installed once check build has succeeded.
              aaaaaaa waits for WaitingForChecks since 12:00:00
              tell pending aaaaaaa "Waiting for check build"
              look again at 13:00:00
            """),
        new("Check_AnotherDestination_Passed_Moves",
            Building.Release(22, change: r => r.In("old").Ready())
                .Row(22, "Ready", "EnvReady")
                .Open(22)
                .Checked(World.A, ("build", CheckState.Passed)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Moving aaaaaaa by MoveMisplaced: The environment is being uninstalled from namespace old and will then be installed in envs.
              delete old/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Check_WithAComment_SaysWhatItWaitsFor", Pushed.Commenting().Checked(World.B, ("build", CheckState.Running)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready. Commit bbbbbbb will be installed once check build has succeeded.
              bbbbbbb waits for WaitingForChecks since 12:00:00
              tell pending bbbbbbb "Waiting for check build"
              look again at 13:00:00
            """),
        new("Check_WhileGitHubIsAway_KeepsItsClock",
            Pushed.Waited(World.B, Reasons.WaitingForChecks, TimeSpan.FromMinutes(40)).Away(UnavailableReason.ServerError), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              bbbbbbb waits for WaitingForChecks since 11:20:00
            event Warning PRFetchFailed: GitHub is away: ServerError.
            """),
    ];

    private static World Waited(string reason, int minutes, string? sha = null) => Building.Open(22).Row(22, "Queued", reason)
        .Waited(sha ?? World.A, reason, TimeSpan.FromMinutes(minutes));
}
