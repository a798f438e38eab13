using PrEnv.Core.Objects;
using PrEnv.Core.Plans;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>What several pull requests have in common: a head commit, a health check URL.</summary>
internal static class SharedRows
{
    private static readonly World OneUrl = World.Fluxed.Spec(
        s => s with { ReadyWhen = null, EnvHealthCheckUrlTemplate = "https://<<PR_BRANCH_SLUG>>.test/" });

    public static RuleRow[] All { get; } =
    [
        new("Shared_CommitOfThree_ShowsTheWorstStatusAndNamesItsPullRequest",
            World.Fluxed.Open(1).Open(2).Open(3).Open(4, World.B)
                .Release(1, change: r => r.Ready()).Release(2, change: r => r.Working()).Release(3, change: r => r.Failed())
                .Release(4, World.B, r => r.Ready().PostedReady()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 1 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              tell success aaaaaaa "Successfully created ephemeral environment for PR"; shown as failure aaaaaaa "PR 3: Ephemeral environment for PR failed: InstallFailed"
            PR 2 Deploying/Progressing aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"; shown as failure aaaaaaa "PR 3: Ephemeral environment for PR failed: InstallFailed"
              look again at 12:20:00
            PR 3 Failed/InstallFailed aaaaaaa by EvaluateRelease: Flux says InstallFailed: timed out waiting for the condition.
              tell failure aaaaaaa "Ephemeral environment for PR failed: InstallFailed"; shown as failure aaaaaaa "PR 3: Ephemeral environment for PR failed: InstallFailed"
            PR 4 Ready/EnvReady bbbbbbb by EvaluateRelease: The HelmRelease is ready.
              tell success bbbbbbb "Successfully created ephemeral environment for PR"
            event Normal EnvReady: Environment is ready for PR 1
            event Warning EnvFailed: PR 3: Flux says InstallFailed: timed out waiting for the condition.
            event Normal EnvReady: Environment is ready for PR 4
            """),
        new("Shared_CommitOfTwoThatAreAlike_ShowsTheLowerNumbers",
            World.Fluxed.Open(1).Open(2).Release(1, change: r => r.Ready()).Release(2, change: r => r.Ready()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 1 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              tell success aaaaaaa "Successfully created ephemeral environment for PR"; shown as success aaaaaaa "PR 1: Successfully created ephemeral environment for PR"
            PR 2 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              tell success aaaaaaa "Successfully created ephemeral environment for PR"; shown as success aaaaaaa "PR 1: Successfully created ephemeral environment for PR"
            event Normal EnvReady: Environment is ready for PR 1
            event Normal EnvReady: Environment is ready for PR 2
            """),
        new("Shared_CommitOfASelectedAndADeniedOne_IsTheFirstOnesAlone",
            World.Fluxed.Forks("Deny").Open(1).Fork(2).Release(1, change: r => r.Ready().PostedReady()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 1 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
            PR 2 Skipped/ForkDenied aaaaaaa by SkipUnselected: The pull request comes from a fork, and spec.pullRequests.forks is Deny.
            event Normal PRSkipped: No environment for PR 2: The pull request comes from a fork, and spec.pullRequests.forks is Deny.
            """),
        new("Shared_CommitOfOneThatIsLeftOut_CountsAsItWasTold",
            World.Fluxed.Open(2).Confirmed(1, Core.Model.PullRequestState.Open).Row(1, "Held", "StillOpen")
                .Release(1, change: r => r.Failed().PostedFailed()).Release(2, change: r => r.Ready()), """
            Ready=False DeletionHeld Reconciling: PR 1: GitHub's listing does not contain PR 1, but GitHub reports it as open when asked for it alone. Its environment stays; this resolves itself once the listing is complete again.
            PR 1 Held/StillOpen aaaaaaa by HoldWithoutProof: GitHub's listing does not contain PR 1, but GitHub reports it as open when asked for it alone. Its environment stays; this resolves itself once the listing is complete again.
            PR 2 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              tell success aaaaaaa "Successfully created ephemeral environment for PR"; shown as failure aaaaaaa "PR 1: Ephemeral environment for PR failed: InstallFailed"
            event Normal EnvReady: Environment is ready for PR 2
            """),
        new("Shared_CommitOfOneThatMoves_CountsAsItWasTold",
            World.Fluxed.Open(1).Open(2)
                .Release(1, change: r => r.In("old").Failed().PostedFailed()).Release(2, change: r => r.Ready()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 1 Deploying/Moving aaaaaaa by MoveMisplaced: The environment is being uninstalled from namespace old and will then be installed in envs.
              delete old/relpr-1
            PR 2 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              tell success aaaaaaa "Successfully created ephemeral environment for PR"; shown as failure aaaaaaa "PR 1: Ephemeral environment for PR failed: InstallFailed"
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 1
            event Normal EnvReady: Environment is ready for PR 2
            """),
        new("Shared_UrlOfTwo_BelongsToTheLowerNumber",
            OneUrl.Open(1).Open(2, World.B).Release(1, change: r => r.Ready()).Release(2, World.B, r => r.Ready()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 1 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for https://topic.test/ to be healthy.
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress" https://topic.test/
              probe https://topic.test/ of generation 1, patient until 12:20:00
              look again at 12:20:00
            PR 2 Failed/URLNotUnique bbbbbbb by EvaluateRelease: spec.envHealthCheckURLTemplate renders as https://topic.test/ for PR 1 as well, so an answer does not show which of the two environments is healthy. Make the URL unique, for example with <<PR_NUMBER>>.
              tell failure bbbbbbb "Ephemeral environment for PR failed: URLNotUnique" https://topic.test/
            event Warning URLNotUnique: PR 2: spec.envHealthCheckURLTemplate renders as https://topic.test/ for PR 1 as well, so an answer does not show which of the two environments is healthy. Make the URL unique, for example with <<PR_NUMBER>>.
            """),
        new("Shared_UrlOfOneThatIsBeingRemoved_IsNotProbedForTheOther",
            (OneUrl.Open(2, World.B) with { Remembered = OneUrl.Open(1).PullRequests })
                .Confirmed(1, Core.Model.PullRequestState.Closed).Release(1, change: r => r.Ready()).Release(2, World.B, r => r.Ready()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 1 Deleting/PullRequestClosed aaaaaaa by DeleteClosed: PR 1 is closed. Flux is uninstalling the environment.
              delete envs/relpr-1
            PR 2 Deploying/Progressing bbbbbbb by EvaluateRelease: Waiting for the environment of PR 1 to be removed: its health check has the same URL, https://topic.test/.
              tell pending bbbbbbb "Creation of ephemeral environment for PR in progress" https://topic.test/
              look again at 12:20:00
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 1
            """),
        new("Shared_UrlThatHasBecomeItsOwn_IsProbedFromTheBeginning",
            OneUrl.Open(2, World.B).Row(2, "Failed", "URLNotUnique", World.B)
                .Release(2, World.B, r => r.Ready().Posted("failure", "Ephemeral environment for PR failed: URLNotUnique", sha: World.B)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 2 Deploying/Progressing bbbbbbb by EvaluateRelease: Waiting for https://topic.test/ to be healthy.
              tell pending bbbbbbb "Creation of ephemeral environment for PR in progress" https://topic.test/
              probe https://topic.test/ of generation 1, patient until 12:20:00
              look again at 12:20:00
            """),
        new("Shared_UrlOfAnOlderResourcesEnvironment_BelongsToThat",
            OneUrl.Open(2).Release(2, change: r => r.Ready()) with { HealthUrls = Elsewhere(number: 7) }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 2 Failed/URLNotUnique aaaaaaa by EvaluateRelease: spec.envHealthCheckURLTemplate renders as https://topic.test/ for PR 7 of other/web as well, so an answer does not show which of the two environments is healthy. Make the URL unique, for example with <<REPO_NAME>>.
              tell failure aaaaaaa "Ephemeral environment for PR failed: URLNotUnique" https://topic.test/
            event Warning URLNotUnique: PR 2: spec.envHealthCheckURLTemplate renders as https://topic.test/ for PR 7 of other/web as well, so an answer does not show which of the two environments is healthy. Make the URL unique, for example with <<REPO_NAME>>.
            """),
        new("Shared_UrlOfAnOlderResourcesEnvironmentThatIsBeingRemoved_IsWaitedFor",
            OneUrl.Open(2).Release(2, change: r => r.Ready()) with { HealthUrls = Elsewhere(number: 7, isLeaving: true) }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 2 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for the environment of PR 7 of other/web to be removed: its health check has the same URL, https://topic.test/.
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress" https://topic.test/
              look again at 12:20:00
            """),
        new("Shared_UrlOfTheSamePullRequestsEnvironmentElsewhere_IsBoths",
            OneUrl.Open(2).Release(2, change: r => r.Ready()) with { HealthUrls = Elsewhere(number: 2) }, """
            Ready=True Ready: All open pull requests are being handled.
            PR 2 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for https://topic.test/ to be healthy.
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress" https://topic.test/
              probe https://topic.test/ of generation 1, patient until 12:20:00
              look again at 12:20:00
            """),
    ];

    // An older resource on the same repository.
    private static UrlClaims Elsewhere(int number, bool isLeaving = false)
    {
        var key = new ResourceKey("other", "web");
        var claimant = new UrlClaimant(key, World.Noon.AddHours(-9), "HTTPS://API.GITHUB.COM/ OCTO/APP");
        return UrlClaims.None.With(key, [new UrlClaim("https://topic.test/", claimant, number, isLeaving)]);
    }
}
