using PrEnv.Core.Model;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>An environment whose pull request is not in a complete listing goes only when GitHub calls that one closed.</summary>
internal static class UnlistedRows
{
    private static readonly World Had = World.Plain.Release(22, change: r => r.Ready().PostedSubmitted()).Row(22, "Ready", "Applied");

    private static readonly World Going = World.Plain.Release(22, change: r => r.Deleting());

    public static RuleRow[] All { get; } =
    [
        new("Unlisted_AndClosed_IsDeletedWithoutAWordToGitHub", Had.Confirmed(22, PullRequestState.Closed), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/PullRequestClosed aaaaaaa by DeleteClosed: PR 22 is closed. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal NoActivePRs: No active PRs found
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Unlisted_ClosedAndSuspended_IsResumedFirst",
            World.Plain.Release(22, change: r => r.Suspended()).Confirmed(22, PullRequestState.Closed), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/PullRequestClosed aaaaaaa by DeleteClosed: PR 22 is closed. Flux is uninstalling the environment.
              un-suspend and delete envs/relpr-22
            event Normal NoActivePRs: No active PRs found
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Unlisted_ButOpen_IsHeld", Had.Confirmed(22, PullRequestState.Open), """
            Ready=False DeletionHeld Reconciling: PR 22: GitHub's listing does not contain PR 22, but GitHub reports it as open when asked for it alone. Its environment stays; this resolves itself once the listing is complete again.
            PR 22 Held/StillOpen aaaaaaa by HoldWithoutProof: GitHub's listing does not contain PR 22, but GitHub reports it as open when asked for it alone. Its environment stays; this resolves itself once the listing is complete again.
            event Warning DeletionHeld: GitHub's listing does not contain PR 22, but GitHub reports it as open when asked for it alone. Its environment stays; this resolves itself once the listing is complete again.
            """),
        new("Unlisted_AndUnknown_IsHeld", Had.Confirmed(22, PullRequestState.Unknown), """
            Ready=False DeletionHeld Reconciling: PR 22: GitHub's listing does not contain PR 22, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-22
            PR 22 Held/NotConfirmed aaaaaaa by HoldWithoutProof: GitHub's listing does not contain PR 22, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-22
            event Warning DeletionHeld: GitHub's listing does not contain PR 22, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-22
            """),
        new("Unlisted_AndNotAskedFor_IsHeld", Had, """
            Ready=False DeletionHeld Reconciling: PR 22: GitHub's listing does not contain PR 22, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-22
            PR 22 Held/NotConfirmed aaaaaaa by HoldWithoutProof: GitHub's listing does not contain PR 22, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-22
            event Warning DeletionHeld: GitHub's listing does not contain PR 22, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-22
            """),
        new("Unlisted_HeldBefore_IsNoNews",
            World.Plain.Release(22).Row(22, "Held", "NotConfirmed").Confirmed(22, PullRequestState.Unknown), """
            Ready=False DeletionHeld Reconciling: PR 22: GitHub's listing does not contain PR 22, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-22
            PR 22 Held/NotConfirmed aaaaaaa by HoldWithoutProof: GitHub's listing does not contain PR 22, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-22
            """),
        new("Unlisted_TwoOfThreeAreOpen_OnlyTheClosedOneGoes",
            World.Plain.Release(21).Release(22).Release(23)
                .Confirmed(21, PullRequestState.Open).Confirmed(22, PullRequestState.Closed).Confirmed(23, PullRequestState.Open), """
            Ready=False DeletionHeld Reconciling: PRs 21, 23: GitHub's listing does not contain PR 21, but GitHub reports it as open when asked for it alone. Its environment stays; this resolves itself once the listing is complete again.
            PR 21 Held/StillOpen aaaaaaa by HoldWithoutProof: GitHub's listing does not contain PR 21, but GitHub reports it as open when asked for it alone. Its environment stays; this resolves itself once the listing is complete again.
            PR 22 Deleting/PullRequestClosed aaaaaaa by DeleteClosed: PR 22 is closed. Flux is uninstalling the environment.
              delete envs/relpr-22
            PR 23 Held/StillOpen aaaaaaa by HoldWithoutProof: GitHub's listing does not contain PR 23, but GitHub reports it as open when asked for it alone. Its environment stays; this resolves itself once the listing is complete again.
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            event Warning DeletionHeld: GitHub's listing does not contain PR 21, but GitHub reports it as open when asked for it alone. Its environment stays; this resolves itself once the listing is complete again.
            event Warning DeletionHeld: GitHub's listing does not contain PR 23, but GitHub reports it as open when asked for it alone. Its environment stays; this resolves itself once the listing is complete again.
            """),
        new("Unlisted_SixHeld_AreCounted",
            World.Plain.Release(1).Release(2).Release(3).Release(4).Release(5).Release(6).Row(1, "Held", "NotConfirmed")
                .Row(2, "Held", "NotConfirmed").Row(3, "Held", "NotConfirmed").Row(4, "Held", "NotConfirmed")
                .Row(5, "Held", "NotConfirmed").Row(6, "Held", "NotConfirmed"), """
            Ready=False DeletionHeld Reconciling: PRs 1, 2, 3, 4, 5 and 1 more: GitHub's listing does not contain PR 1, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-1
            PR 1 Held/NotConfirmed aaaaaaa by HoldWithoutProof: GitHub's listing does not contain PR 1, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-1
            PR 2 Held/NotConfirmed aaaaaaa by HoldWithoutProof: GitHub's listing does not contain PR 2, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-2
            PR 3 Held/NotConfirmed aaaaaaa by HoldWithoutProof: GitHub's listing does not contain PR 3, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-3
            PR 4 Held/NotConfirmed aaaaaaa by HoldWithoutProof: GitHub's listing does not contain PR 4, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-4
            PR 5 Held/NotConfirmed aaaaaaa by HoldWithoutProof: GitHub's listing does not contain PR 5, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-5
            PR 6 Held/NotConfirmed aaaaaaa by HoldWithoutProof: GitHub's listing does not contain PR 6, and GitHub could not confirm that it is closed. Its environment stays; if you no longer need it, run: kubectl -n envs delete helmrelease relpr-6
            """),
        new("Unlisted_BeingUninstalled_Waits", Going.Row(22, "Deleting", "PullRequestClosed"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/PullRequestClosed aaaaaaa by DeleteClosed: PR 22 is closed. Flux is uninstalling the environment.
              look again at 12:06:00
            event Normal NoActivePRs: No active PRs found
            """),
        new("Unlisted_UninstallFails_SaysWhatFluxSays",
            World.Plain.Release(22, change: r => r.Deleting().Failed("UninstallFailed", "timed out")).Row(
                22, "Deleting", "PullRequestClosed"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/PullRequestClosed aaaaaaa by DeleteClosed: PR 22 is closed. Flux is uninstalling the environment. Flux says UninstallFailed: timed out.
            event Normal NoActivePRs: No active PRs found
            """),
        new("Unlisted_DeletedByHandWhileHeld_DoesNotClaimThatItIsClosed", Going.Row(22, "Held", "NotConfirmed"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/ReleaseDeleted aaaaaaa by DeleteClosed: The HelmRelease was deleted, and PR 22 is not among the open pull requests. Flux is uninstalling the environment.
              look again at 12:06:00
            event Normal NoActivePRs: No active PRs found
            """),
        new("Unlisted_Gone_IsNoRow", World.Plain.Row(22, "Deleting", "PullRequestClosed"), """
            Ready=True Ready: All open pull requests are being handled.
            event Normal NoActivePRs: No active PRs found
            """),
        new("Unlisted_WithAForeignCommit_ShowsNone",
            World.Plain.Release(22, change: r => r.Values("""{"prNumber":22,"prSHA":"<script>"}""")).Confirmed(22, PullRequestState.Closed),
            """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/PullRequestClosed - by DeleteClosed: PR 22 is closed. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal NoActivePRs: No active PRs found
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("LastOneClosed_SaysSoOnce", World.Plain, """
            Ready=True Ready: All open pull requests are being handled.
            event Normal NoActivePRs: No active PRs found
            """),
        new("NoneOpenAsBefore_IsSilent", World.Plain.Status(s => s with { OpenPullRequests = 0 }), """
            Ready=True Ready: All open pull requests are being handled.
            """),
    ];
}
