using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>GitHub gave no complete listing: nothing is deleted, and what is there is still handled.</summary>
internal static class AwayRows
{
    private static readonly World Had = World.Plain.Release(22, change: r => r.Ready().PostedSubmitted()).Row(
        22, "Ready", "Applied", release: "envs/relpr-22");

    public static RuleRow[] All { get; } =
    [
        new("Away_Unauthorized_Holds", Had.Away(UnavailableReason.Unauthorized), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: Unauthorized.
            PR 22 Held/Unauthorized aaaaaaa by EvaluateRelease: Nothing is deleted: GitHub is away: Unauthorized.
            event Warning PRFetchFailed: GitHub is away: Unauthorized.
            """),
        new("Away_NotFound_Holds", Had.Away(UnavailableReason.NotFound), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: NotFound.
            PR 22 Held/NotFound aaaaaaa by EvaluateRelease: Nothing is deleted: GitHub is away: NotFound.
            event Warning PRFetchFailed: GitHub is away: NotFound.
            """),
        new("Away_Moved_Holds", Had.Away(UnavailableReason.Moved), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: Moved.
            PR 22 Held/Moved aaaaaaa by EvaluateRelease: Nothing is deleted: GitHub is away: Moved.
            event Warning PRFetchFailed: GitHub is away: Moved.
            """),
        new("Away_TokenLoadFailed_Holds", Had.Away(UnavailableReason.TokenLoadFailed), """
            Ready=False TokenLoadFailed Reconciling: GitHub is away: TokenLoadFailed.
            PR 22 Held/TokenLoadFailed aaaaaaa by EvaluateRelease: Nothing is deleted: GitHub is away: TokenLoadFailed.
            event Warning TokenLoadFailed: GitHub is away: TokenLoadFailed.
            """),
        new("Away_RateLimited_Waits", Had.Away(UnavailableReason.RateLimited), """
            Ready=False RateLimited Reconciling: GitHub is away: RateLimited.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            event Warning RateLimited: GitHub is away: RateLimited.
            """),
        new("Away_ServerError_Waits", Had.Away(UnavailableReason.ServerError), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            event Warning PRFetchFailed: GitHub is away: ServerError.
            """),
        new("Away_Malformed_Waits", Had.Away(UnavailableReason.Malformed), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: Malformed.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            event Warning PRFetchFailed: GitHub is away: Malformed.
            """),
        new("Away_Timeout_Waits", Had.Away(UnavailableReason.Timeout), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: Timeout.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            event Warning PRFetchFailed: GitHub is away: Timeout.
            """),
        new("Away_ForTheSameReasonStill_IsNoNews",
            Had.Away(UnavailableReason.NotFound).Status(s => s with
            {
                Conditions = [
                    new()
                    {
                        Type = "Ready",
                        Status = "False",
                        Reason = "PRFetchFailed",
                        ObservedGeneration = 1,
                        Message = "GitHub is away: NotFound.",
                    }],
            }), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: NotFound.
            PR 22 Held/NotFound aaaaaaa by EvaluateRelease: Nothing is deleted: GitHub is away: NotFound.
            """),
        new("Away_EvenIfAskedAndClosed_DeletesNothing", Had.Away(UnavailableReason.ServerError).Confirmed(22, PullRequestState.Closed), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            event Warning PRFetchFailed: GitHub is away: ServerError.
            """),
        new("Away_KeepsTheRowsOfPullRequestsWithoutARelease",
            Had.Away(UnavailableReason.ServerError).Row(23, "Skipped", "ForkDenied", message: "Comes from a fork.")
            .Row(24, "Ready", "Applied", release: "envs/relpr-24"), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            PR 23 Skipped/ForkDenied aaaaaaa by the last status: Comes from a fork.
            event Warning PRFetchFailed: GitHub is away: ServerError.
            """),
        new("Away_DriftIsMendedAllTheSame",
            World.Plain.Away(UnavailableReason.ServerError).Release(
                22, change: r => r.Chart("version", "9.9.9").PostedSubmitted()), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              update envs/relpr-22 (spec.chart.spec.version)
              look again at 12:01:00
            event Warning PRFetchFailed: GitHub is away: ServerError.
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: spec.chart.spec.version at aaaaaaa
            """),
        new("Away_CommitChangedByHand_GoesBackToTheOneRolledOut",
            World.Plain.Away(UnavailableReason.ServerError).Release(
                22, change: r => r.Values($$"""{"prNumber":22,"prSHA":"{{World.B}}"}""").PostedSubmitted()), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              update envs/relpr-22 (spec.values.prSHA)
              look again at 12:01:00
            event Warning PRFetchFailed: GitHub is away: ServerError.
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: bbbbbbb -> aaaaaaa
            """),
        new("Away_CommitRemovedByHand_ComesBack",
            World.Plain.Away(UnavailableReason.ServerError).Release(22, change: r => r.Set("values", null)), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              update envs/relpr-22 (spec.values.prNumber, spec.values.prSHA)
              look again at 12:01:00
            event Warning PRFetchFailed: GitHub is away: ServerError.
            event Normal FluxHelmReleaseUpdated: Flux HelmRelease updated for PR 22: spec.values.prNumber, spec.values.prSHA at aaaaaaa
            """),
        new("Away_CommitNowhereToBeFound_ChangesNothing",
            World.Plain.Away(UnavailableReason.ServerError).Release(
                22, change: r =>
                    r.Values("""{"prNumber":22,"prSHA":"evil.test/"}""").Annotation(OwnerLabels.HeadShaAnnotation, "evil.test/")), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Ready/Applied - by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            event Warning PRFetchFailed: GitHub is away: ServerError.
            """),
        new("Away_ReleaseBeingDeleted_IsNotHeld", World.Plain.Away(UnavailableReason.NotFound).Release(22, change: r => r.Deleting()), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: NotFound.
            PR 22 Deleting/WaitingForDeletion aaaaaaa by WaitForDeletion: The previous HelmRelease is still being uninstalled; if the pull request is open, a new one will then be created.
              look again at 12:06:00
            event Warning PRFetchFailed: GitHub is away: NotFound.
            """),
        new("Away_ATimeoutPasses_IsSaidAndNothingIsPosted",
            World.Probing.Row(22, "Deploying", "Progressing").Later(TimeSpan.FromMinutes(25))
                .Release(22, change: r => r.Working().PostedPending(World.UrlOf(22, World.A))).Away(UnavailableReason.ServerError),
            """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 22 Failed/HealthCheckTimeout aaaaaaa by EvaluateRelease: The environment did not become ready within 30m. Flux says Progressing: Running 'install' action with timeout of 5m0s.
            event Warning PRFetchFailed: GitHub is away: ServerError.
            event Warning EnvFailed: PR 22: The environment did not become ready within 30m. Flux says Progressing: Running 'install' action with timeout of 5m0s.
            """),
        new("Back_AfterAWhile_IsAsItWas",
            World.Plain.Open(22).Release(22, change: r => r.Ready().PostedSubmitted())
            .Row(22, "Held", "NotFound", release: "envs/relpr-22"),
            """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            """),
        new("Back_WithAFailure_IsFailedAsBefore",
            World.Fluxed.Open(22).Release(22, change: r => r.Working().PostedFailed())
            .Row(22, "Held", "NotFound", release: "envs/relpr-22"),
            """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/InstallFailed aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
            """),
        new("NotAskedYet_LooksAfterWhatIsThere", Had with { WasAsked = false }, """
            Ready=Unknown Starting Reconciling: GitHub has not been asked yet.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            """),
    ];
}
