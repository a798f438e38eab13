using PrEnv.Core.Model;
using PrEnv.Core.Resources;

namespace PrEnv.Tests.Planning.Rules;

/// <summary>limits.maxEnvironments: what exists stays, and the others wait in the order of their numbers.</summary>
internal static class LimitRows
{
    private static readonly World One = World.Fluxed.Limited(1);

    private static readonly World Full = One.Open(23, World.B)
        .Release(23, World.B, r => r.Ready().Posted("success", "Successfully created ephemeral environment for PR", sha: World.B))
        .Row(23, "Ready", "EnvReady", World.B);

    public static RuleRow[] All { get; } =
    [
        new("Limit_NotReached_IsLikeNone", World.Fluxed.Limited(2).Open(22).Open(23, World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            PR 23 Deploying/Progressing bbbbbbb by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-23
              tell pending bbbbbbb "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 23
            """),
        new("Limit_Reached_TheHigherNumberWaits", One.Open(22).Open(23, World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-22
              tell pending aaaaaaa "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            PR 23 Queued/LimitReached bbbbbbb by WaitForPlace: Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 22. Close one of these pull requests or raise the limit.
              tell pending bbbbbbb "Waiting for a free environment: 1st of 1"
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            event Normal PRQueued: PR 23 is waiting. Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 22. Close one of these pull requests or raise the limit.
            """),
        new("Limit_Reached_AnExistingEnvironmentStaysAndTheLowerNumberWaits", Full.Open(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/LimitReached aaaaaaa by WaitForPlace: Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Close one of these pull requests or raise the limit.
              tell pending aaaaaaa "Waiting for a free environment: 1st of 1"
            PR 23 Ready/EnvReady bbbbbbb by EvaluateRelease: The HelmRelease is ready.
            event Normal PRQueued: PR 22 is waiting. Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Close one of these pull requests or raise the limit.
            """),
        new("Limit_ReachedAndTold_IsNoNews",
            Full.Open(22).Row(22, "Queued", "LimitReached").Posted(22, Waits(1)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/LimitReached aaaaaaa by WaitForPlace: Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Close one of these pull requests or raise the limit.
            PR 23 Ready/EnvReady bbbbbbb by EvaluateRelease: The HelmRelease is ready.
            """),
        new("Limit_ThePositionChanged_IsToldAgain",
            Full.Open(22).Row(22, "Queued", "LimitReached").Posted(22, Waits(2)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/LimitReached aaaaaaa by WaitForPlace: Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Close one of these pull requests or raise the limit.
              tell pending aaaaaaa "Waiting for a free environment: 1st of 1"
            PR 23 Ready/EnvReady bbbbbbb by EvaluateRelease: The HelmRelease is ready.
            """),
        new("Limit_Lowered_EvictsNone",
            One.Open(22).Open(23, World.B).Release(22, change: r => r.Ready()).Release(23, World.B, r => r.Ready()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The HelmRelease is ready.
              tell success aaaaaaa "Successfully created ephemeral environment for PR"
            PR 23 Ready/EnvReady bbbbbbb by EvaluateRelease: The HelmRelease is ready.
              tell success bbbbbbb "Successfully created ephemeral environment for PR"
            event Normal EnvReady: Environment is ready for PR 22
            event Normal EnvReady: Environment is ready for PR 23
            """),
        new("Limit_OfAnEnvironmentThatIsBeingRemoved_HoldsUntilItIsGone",
            One.Open(22).Release(23, World.B, r => r.Ready().Deleting()).Confirmed(23, PullRequestState.Closed), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/LimitReached aaaaaaa by WaitForPlace: Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Close one of these pull requests or raise the limit.
              tell pending aaaaaaa "Waiting for a free environment: 1st of 1"
            PR 23 Deleting/PullRequestClosed bbbbbbb by DeleteClosed: PR 23 is closed. Flux is uninstalling the environment.
              look again at 12:06:00
            event Normal PRQueued: PR 22 is waiting. Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Close one of these pull requests or raise the limit.
            """),
        new("Limit_OfAFailedEnvironment_NamesItAndTheCommand",
            One.Commandable().Open(22).Open(23, World.B).Release(23, World.B, r => r.Failed()).Row(23, "Failed", "InstallFailed", World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/LimitReached aaaaaaa by WaitForPlace: Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Failed: PR 23. Close one of these pull requests, comment /prenv delete on it, or raise the limit.
              tell pending aaaaaaa "Waiting for a free environment: 1st of 1"
            PR 23 Failed/InstallFailed bbbbbbb by EvaluateRelease: Flux says InstallFailed: timed out waiting for the condition.
              tell failure bbbbbbb "Ephemeral environment for PR failed: InstallFailed"
            event Normal PRQueued: PR 22 is waiting. Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Failed: PR 23. Close one of these pull requests, comment /prenv delete on it, or raise the limit.
            """),
        new("Limit_WithAPredecessorsRelease_IsHeldByIt", One.Open(22).Open(23, World.B).Release(23, World.B, r => r.OfPredecessor()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/LimitReached aaaaaaa by WaitForPlace: Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Close one of these pull requests or raise the limit.
              tell pending aaaaaaa "Waiting for a free environment: 1st of 1"
            PR 23 Deploying/Progressing bbbbbbb by ApplyDesired: Waiting for Flux to install the HelmRelease.
              update envs/relpr-23 (spec.releaseName, metadata.labels.app.kubernetes.io/managed-by, metadata.labels.prcontroller.controllers.ephemeralenv.io/name, metadata.labels.prcontroller.controllers.ephemeralenv.io/namespace, metadata.labels.prcontroller.controllers.ephemeralenv.io/pr-number, metadata.labels.prcontroller.controllers.ephemeralenv.io/uid, metadata.annotations.prcontroller.controllers.ephemeralenv.io/head-sha, metadata.annotations.prcontroller.controllers.ephemeralenv.io/pr-url, metadata.annotations.prcontroller.controllers.ephemeralenv.io/updated-at)
              tell pending bbbbbbb "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseAdopted: Flux HelmRelease adopted for PR 23
            event Normal PRQueued: PR 22 is waiting. Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Close one of these pull requests or raise the limit.
            """),
        new("Limit_WithATakenName_IsNotHeldByIt", One.Open(22).Open(23, World.B).Release(22, change: r => r.OfAnother()), """
            Ready=False NameConflict Stalled: PR 22: HelmRelease envs/relpr-22 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            PR 22 Failed/NameConflict aaaaaaa by RefuseTakenName: HelmRelease envs/relpr-22 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            PR 23 Deploying/Progressing bbbbbbb by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-23
              tell pending bbbbbbb "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 23
            event Warning NameConflict: No environment for PR 22: HelmRelease envs/relpr-22 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            """),
        new("Limit_WhileGitHubIsAway_ChangesNothing", Full.Away(UnavailableReason.ServerError), """
            Ready=False PRFetchFailed Reconciling: GitHub is away: ServerError.
            PR 23 Ready/EnvReady bbbbbbb by EvaluateRelease: The HelmRelease is ready.
            event Warning PRFetchFailed: GitHub is away: ServerError.
            """),
        new("Limit_WithComments_SaysWhoIsInTheWay", Full.Commenting().Open(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/LimitReached aaaaaaa by WaitForPlace: Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Close one of these pull requests or raise the limit.
              tell pending aaaaaaa "Waiting for a free environment: 1st of 1"
            PR 23 Ready/EnvReady bbbbbbb by EvaluateRelease: The HelmRelease is ready.
            event Normal PRQueued: PR 22 is waiting. Waiting for a free environment: 1st of 1. spec.limits.maxEnvironments is 1, and there is one. The oldest: PR 23. Close one of these pull requests or raise the limit.
            """),
        new("Limit_OfAForkWithoutApproval_IsNotWaitedFor", One.Fork(22).Open(23, World.B), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Queued/ApprovalUnknown aaaaaaa by WaitForApproval: From a fork, and it is not known whether aaaaaaa has been approved. GitHub has not been asked yet.
            PR 23 Deploying/Progressing bbbbbbb by ApplyDesired: Waiting for Flux to install the HelmRelease.
              create envs/relpr-23
              tell pending bbbbbbb "Creation of ephemeral environment for PR in progress"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 23
            event Normal PRQueued: PR 22 is waiting. From a fork, and it is not known whether aaaaaaa has been approved. GitHub has not been asked yet.
            """),
    ];

    private static CommitStatus Waits(int position) =>
        new(World.A, World.Context, CommitState.Pending, "Waiting for a free environment", TargetUrl: null)
        {
            Reason = Reasons.LimitReached,
            Place = position,
        };
}
