using PrEnv.Core.Model;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>destinationNamespace was changed from <c>old</c>.</summary>
internal static class MoveRows
{
    public static RuleRow[] All { get; } =
    [
        new("Move_FirstUninstallsTheOldOne", World.Plain.Open(22).Release(22, change: r => r.In("old")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Moving aaaaaaa by MoveMisplaced: The environment is being uninstalled from namespace old and will then be installed in envs.
              delete old/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Move_WhileTheOldOneGoes_Waits", World.Plain.Open(22).Release(22, change: r => r.In("old").Deleting()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Moving aaaaaaa by MoveMisplaced: The environment is being uninstalled from namespace old and will then be installed in envs.
              look again at 12:06:00
            """),
        new("Move_WhileTheOldOneGoesInVain_SaysWhatFluxSays",
            World.Plain.Open(22).Release(22, change: r => r.In("old").Deleting().Failed("UninstallFailed", "timed out")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Moving aaaaaaa by MoveMisplaced: The environment is being uninstalled from namespace old and will then be installed in envs. Flux says UninstallFailed: timed out.
            """),
        new("Move_OnceTheOldOneIsGone_IsCreated", World.Plain.Open(22).Row(22, "Deploying", "Moving"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Move_OfASuspendedOne_IsResumedFirst", World.Plain.Open(22).Release(22, change: r => r.In("old").Suspended()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Moving aaaaaaa by MoveMisplaced: The environment is being uninstalled from namespace old and will then be installed in envs.
              un-suspend and delete old/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Move_WithoutGitHub_DeletesNothing", World.Plain.Away(UnavailableReason.ServerError).Release(22, change: r => r.In("old")), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Deploying/Moving aaaaaaa by MoveMisplaced: The environment is still in namespace old; it will move to envs once GitHub answers.
            event Warning PRFetchFailed: GitHub is away: ServerError.
            """),
        new("Move_OfAClosedPullRequest_DeletesBoth",
            World.Plain.Release(22).Release(22, change: r => r.In("old")).Confirmed(22, PullRequestState.Closed), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/PullRequestClosed aaaaaaa by DeleteClosed: PR 22 is closed. Flux is uninstalling the environment.
              delete envs/relpr-22
              delete old/relpr-22
            event Normal NoActivePRs: No active PRs found
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Move_WithOneInEachPlace_RemovesTheOldOne", World.Plain.Open(22).Release(22).Release(22, change: r => r.In("old")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Moving aaaaaaa by MoveMisplaced: The environment is being uninstalled from namespace old and will then be installed in envs.
              delete old/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Move_ThenACommand_WaitsForTheNewOne",
            World.Fluxed.Commandable().Sleeping().Open(22).Release(22, change: r => r.In("old")).Commanded(22, CommandVerb.Wake), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Moving aaaaaaa by MoveMisplaced: The environment is being uninstalled from namespace old and will then be installed in envs.
              delete old/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Move_WithOneInEachPlaceWithoutGitHub_LooksAfterTheNewOne",
            World.Plain.Away(UnavailableReason.Timeout).Release(22, change: r => r.Ready()).Release(22, change: r => r.In("old")), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: Timeout.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            event Warning PRFetchFailed: GitHub is away: Timeout.
            """),
    ];
}
