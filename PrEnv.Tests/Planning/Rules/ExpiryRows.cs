using PrEnv.Core.Model;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>expiry: who is idle for too long loses its environment, and gets it back when something happens.</summary>
internal static class ExpiryRows
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly World Ready = Environment(World.Fluxed.Expiring().Open(22));

    private static readonly World Gone = World.Fluxed.Expiring().Open(22).Ordered(
        o => o with { Expired = o.Expired.Add(22, World.Plain.Open(22).Look(22)) });

    private static readonly World Known = Gone.Row(22, "Expired", "EnvExpired");

    public static RuleRow[] All { get; } =
    [
        new("Expiry_OfANewPullRequest_StartsWithItsEnvironment", World.Fluxed.Expiring().Open(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Expiry_NotReached_IsWaitedFor", Ready.Idle(22, Hour - TimeSpan.FromSeconds(1)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              expires at 12:00:01
              look again at 12:00:01
            """),
        new("Expiry_Reached_RemovesTheEnvironment", Ready.Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/EnvExpired aaaaaaa by DeleteExpired: Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back. Flux is uninstalling the environment.
              delete envs/relpr-22
            expired: 22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            event Normal EnvExpired: The environment of PR 22 has expired. Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back.
            """),
        new("Expiry_ReachedSinceTheListing_WaitsForAnotherListing",
            Ready.Idle(22, Hour) with { ListedAt = World.Noon - TimeSpan.FromSeconds(1) }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              expires at 12:00:00
            """),
        new("Expiry_OfAnApprovedForkWhoseChecksRunAgain_IsNoActivity",
            World.Fluxed.Expiring().Waiting("build").Fork(22)
                .Ordered(o => o with
                {
                    Approved = o.Approved.Add(22, World.A),
                    Expired = o.Expired.Add(22, World.Plain.Fork(22).Look(22, isApproved: true)),
                })
                .Commandable().Checked(World.A, ("build", CheckState.Running)).Row(22, "Expired", "EnvExpired"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Expired/EnvExpired aaaaaaa by DeleteExpired: Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change, an approval or the command /prenv rebuild will bring the environment back.
            """),
        new("Expiry_KeptByACommandOfAWrongClock_IsNotKept",
            Ready.Idle(22, Hour).Commandable().Ordered(o => o with { Kept = o.Kept.Add(22, "2031-03-01T12:00:00Z") }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/EnvExpired aaaaaaa by DeleteExpired: Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change, an approval or the command /prenv rebuild will bring the environment back. Flux is uninstalling the environment.
              delete envs/relpr-22
            expired: 22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            event Normal EnvExpired: The environment of PR 22 has expired. Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change, an approval or the command /prenv rebuild will bring the environment back.
            """),
        new("Expiry_WhileFluxUninstalls_IsNoNews",
            Environment(Known with { Resource = Gone.Row(22, "Deleting", "EnvExpired").Resource }, deleting: true).Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/EnvExpired aaaaaaa by DeleteExpired: Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back. Flux is uninstalling the environment.
              look again at 12:06:00
            """),
        new("Expiry_OfWhatIsGone_IsExpired", Gone.Row(22, "Deleting", "EnvExpired"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Expired/EnvExpired aaaaaaa by DeleteExpired: Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back.
            """),
        new("Expiry_OfWhatIsGoneAndKnown_IsNoNews", Known, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Expired/EnvExpired aaaaaaa by DeleteExpired: Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back.
            """),
        new("Expiry_ThenAPush_BringsItBack", Known with { PullRequests = World.Plain.Open(22, World.B).PullRequests }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing bbbbbbb by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending bbbbbbb "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            expired: 
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Expiry_ThenALabel_BringsItBack", Known with { PullRequests = World.Plain.Labelled(22, "demo").PullRequests }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            expired: 
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Expiry_ThenARebuild_BringsItBack", Known.Commandable().Commanded(22, CommandVerb.Rebuild), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            expired: 
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Expiry_APushJustInTime_IsNotedWithIt",
            Environment(World.Fluxed.Expiring().Open(22, World.B)).Idle(22, Hour, World.Plain.Open(22).Look(22)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing bbbbbbb by ApplyDesired: Waiting for Flux to install the HelmRelease.
              expires at 13:00:00
              update envs/relpr-22 (spec.values.prSHA, metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity, metadata.annotations.prcontroller.controllers.ephemeralenv.io/head-sha)
              tell pending bbbbbbb "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: aaaaaaa -> bbbbbbb
            """),
        new("Expiry_ALabelJustInTime_IsNoted",
            Environment(World.Fluxed.Expiring().Labelled(22, "demo")).Idle(22, Hour, World.Plain.Open(22).Look(22)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by ApplyDesired: The HelmRelease is ready.
              expires at 13:00:00
              update envs/relpr-22 (metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity)
              look again at 13:00:00
            """),
        new("Expiry_ACommandJustInTime_IsNoted", Ready.Idle(22, Hour).Commandable().Commanded(22, CommandVerb.Rebuild), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by ApplyDesired: The HelmRelease is ready.
              expires at 13:00:00
              update envs/relpr-22 (metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity)
              rebuild envs/relpr-22
              look again at 13:00:00
            event Normal RebuildRequested: Rebuild requested for PR 22
            """),
        new("Expiry_WithoutARecord_StartsNow", Ready, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by ApplyDesired: The HelmRelease is ready.
              expires at 13:00:00
              update envs/relpr-22 (metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity)
              look again at 13:00:00
            """),
        new("Expiry_WithALabelThatKeepsIt_IsNotWaitedFor",
            Environment(World.Fluxed.Expiring("1h", "Keep").Labelled(22, "keep")).Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
            """),
        new("Expiry_WithoutItsLabels_IsNotDecided", Environment(World.Fluxed.Expiring("1h", "keep").Open(22)).Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
            """),
        new("Expiry_JustAfterTheClockJumped_WaitsUntilItIsSteady",
            Ready.Idle(22, Hour) with { ClockSteadySince = World.Noon - TimeSpan.FromMinutes(4) }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              expires at 12:00:00
              look again at 12:01:00
            """),
        new("Expiry_ThatCannotBeRecorded_RemovesNothing", Ready.Idle(22, Hour) with { KeepsNoEffects = true }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
            """),
        new("Expiry_RecordedInTheFuture_StartsNow", Ready.Idle(22, TimeSpan.FromMinutes(-6)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by ApplyDesired: The HelmRelease is ready.
              expires at 13:00:00
              update envs/relpr-22 (metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity)
              look again at 13:00:00
            """),
        new("Expiry_RecordedInTheFutureByAClockThatJumped_IsLeftAlone",
            Ready.Idle(22, TimeSpan.FromMinutes(-6)) with { ClockSteadySince = World.Noon - TimeSpan.FromMinutes(4) }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              expires at 13:06:00
              look again at 13:06:00
            """),
        new("Expiry_WhileGitHubIsAway_RemovesNothing", Ready.Idle(22, Hour).Away(UnavailableReason.ServerError), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
            event Warning PRFetchFailed: GitHub is away: ServerError.
            """),
        new("Expiry_WhileReviewsCannotBeRead_RemovesNothing",
            Environment(World.Fluxed.Expiring().Fork(22).ReviewsUnread(22)).Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
            """),
        new("Expiry_OfAForkThatWaitsWithAnOlderCommit_EndsWithItsApproval",
            (World.Fluxed.Expiring().Fork(22) with { Resource = Known.Resource }).Reviewed(
                22, new Review("mona", ReviewVerdict.Approved, World.A, MayWrite: true)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            expired: 
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Expiry_OfAForkWithoutApproval_ComesBeforeIt",
            (World.Fluxed.Expiring().Fork(22) with { Resource = Known.Resource }).Reviewed(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Expired/EnvExpired aaaaaaa by DeleteExpired: Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back.
            """),
        new("Expiry_OfWhatACommandDeleted_ComesAfterIt",
            Known.Commandable().Ordered(o => o with
            {
                Deleted = o.Deleted.Add(22, World.A),
                Expired = o.Expired.Add(22, World.Plain.Open(22).Look(22)),
            }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/DeletedByCommand aaaaaaa by SkipUnselected: The environment was deleted by a command in a comment. The next push or the command /prenv rebuild will bring it back.
            event Normal PRSkipped: No environment for PR 22: The environment was deleted by a command in a comment. The next push or the command /prenv rebuild will bring it back.
            """),
        new("Expiry_OfAnotherOwnersRelease_IsTheirs",
            World.Fluxed.Expiring().Open(22).Release(22, change: r => r.OfAnother()).Idle(22, Hour), """
            Ready=False NameConflict Stalled: PR 22: HelmRelease envs/relpr-22 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            PR 22 Failed/NameConflict aaaaaaa by RefuseTakenName: HelmRelease envs/relpr-22 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            event Warning NameConflict: No environment for PR 22: HelmRelease envs/relpr-22 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            """),
        new("Expiry_SwitchedOff_BringsAllBack", Known with { Resource = Known.Spec(s => s with { Expiry = null }).Resource }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            expired: 
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Expiry_OfWhatIsNoLongerSelected_StaysAndIsSkipped", Known.Selecting(s => s with { ExcludeAuthors = ["mona"] }), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/AuthorExcluded aaaaaaa by SkipUnselected: The author of the pull request is in spec.pullRequests.excludeAuthors.
            event Normal PRSkipped: No environment for PR 22: The author of the pull request is in spec.pullRequests.excludeAuthors.
            """),
        new("Expiry_UnderTheLimit_FreesItsPlaceOnceItIsGone",
            Environment(World.Fluxed.Expiring().Limited(1).Open(22).Open(23, World.B)).Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/EnvExpired aaaaaaa by DeleteExpired: Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back. Flux is uninstalling the environment.
              delete envs/relpr-22
            PR 23 Queued/LimitReached bbbbbbb by WaitForPlace: Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 22. Close one of these pull requests or raise the limit.
              tell pending bbbbbbb "Waiting for a free environment: 1st of 1"
            expired: 22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            event Normal EnvExpired: The environment of PR 22 has expired. Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back.
            event Normal PRQueued: PR 23 is waiting. Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 22. Close one of these pull requests or raise the limit.
            """),
        new("Expiry_UnderTheLimit_HoldsNoPlace", Known.Limited(1).Open(23, World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Expired/EnvExpired aaaaaaa by DeleteExpired: Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back.
            PR 23 Deploying/Progressing bbbbbbb by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-23
              tell pending bbbbbbb "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 23
            """),
        new("Expiry_RevivedUnderTheLimit_Waits",
            (Known.Limited(1) with { PullRequests = World.Plain.Labelled(22, "demo").PullRequests }).Open(23, World.B)
            .Release(23, World.B, r => r.Ready().Posted("success", "Successfully created ephemeral environment for PR", sha: World.B))
            .Idle(23, TimeSpan.Zero), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/LimitReached aaaaaaa by WaitForPlace: Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Close one of these pull requests or raise the limit.
              tell pending aaaaaaa "Waiting for a free environment: 1st of 1"
            PR 23 Ready/EnvReady bbbbbbb by EvaluateRelease: The HelmRelease is ready.
              expires at 13:00:00
              look again at 13:00:00
            expired: 
            event Normal PRQueued: PR 22 is waiting. Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Close one of these pull requests or raise the limit.
            """),
        new("Expiry_OfAMisplacedEnvironment_RemovesIt",
            Environment(World.Fluxed.Expiring().Open(22), at: "old").Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/EnvExpired aaaaaaa by DeleteExpired: Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back. Flux is uninstalling the environment.
              delete old/relpr-22
            expired: 22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            event Normal EnvExpired: The environment of PR 22 has expired. Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back.
            """),
        new("Expiry_WithADeploymentAndAComment_TellsThem", Ready.Deploying().Commenting().Idle(22, Hour), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/EnvExpired aaaaaaa by DeleteExpired: Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back. Flux is uninstalling the environment.
              delete envs/relpr-22
            expired: 22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            event Normal EnvExpired: The environment of PR 22 has expired. Nothing has happened on the pull request for 1h (spec.expiry.idleTimeout). A push, a label change or an approval will bring the environment back.
            """),
    ];

    private static World Environment(World world, bool deleting = false, string? at = null) => world.Release(
        22, change: r =>
        {
            r = r.Ready().Posted("success", "Successfully created ephemeral environment for PR");
            r = deleting ? r.Deleting() : r;
            return at is null ? r : r.In(at);
        });
}
