namespace PrEnv.Tests.Planning.Rules;

/// <summary>A name that belongs to somebody else stays theirs.</summary>
internal static class ConflictRows
{
    public static RuleRow[] All { get; } =
    [
        new("Conflict_WithAnotherResource_NamesIt", World.Plain.Open(22).Release(22, change: r => r.OfAnother()), """
            Ready=False NameConflict Stalled: PR 22: HelmRelease envs/relpr-22 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            PR 22 Failed/NameConflict aaaaaaa by RefuseTakenName: HelmRelease envs/relpr-22 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            event Warning NameConflict: No environment for PR 22: HelmRelease envs/relpr-22 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            """),
        new("Conflict_KnownAlready_IsNoNews",
            World.Plain.Open(22).Row(22, "Failed", "NameConflict").Release(22, change: r => r.OfAnother()), """
            Ready=False NameConflict Stalled: PR 22: HelmRelease envs/relpr-22 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            PR 22 Failed/NameConflict aaaaaaa by RefuseTakenName: HelmRelease envs/relpr-22 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            """),
        new("Conflict_OfOne_LetsTheOthersThrough", World.Plain.Open(21).Open(22).Release(22, change: r => r.OfAnother()), """
            Ready=False NameConflict Stalled: PR 22: HelmRelease envs/relpr-22 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            PR 21 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-21
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            PR 22 Failed/NameConflict aaaaaaa by RefuseTakenName: HelmRelease envs/relpr-22 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 21
            event Warning NameConflict: No environment for PR 22: HelmRelease envs/relpr-22 belongs to team-b/other. Choose another destinationNamespace for this resource, or remove that HelmRelease.
            """),
        new("Conflict_WithALivingResourceWhoseNameWasChangedByHand_StaysTheirs",
            (World.Plain.Open(22) with { ResourceUids = ["uid-demo", "uid-before"] }).Release(22, change: r => r.OfTheOneBefore()), """
            Ready=False NameConflict Stalled: PR 22: HelmRelease envs/relpr-22 names this resource as its owner, but its other labels contradict that. Remove that HelmRelease.
            PR 22 Failed/NameConflict aaaaaaa by RefuseTakenName: HelmRelease envs/relpr-22 names this resource as its owner, but its other labels contradict that. Remove that HelmRelease.
            event Warning NameConflict: No environment for PR 22: HelmRelease envs/relpr-22 names this resource as its owner, but its other labels contradict that. Remove that HelmRelease.
            """),
        new("Conflict_WithAReleaseThatIsGoing_Waits", World.Plain.Open(22).Release(22, change: r => r.OfAnother().Deleting()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/WaitingForDeletion aaaaaaa by WaitForDeletion: The previous HelmRelease is still being uninstalled; if the pull request is open, a new one will then be created.
              look again at 12:06:00
            """),
        new("Conflict_InAnotherNamespace_IsNone", World.Plain.Open(22).Release(22, change: r => r.OfAnother().In("elsewhere")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Conflict_OfAClosedPullRequest_IsNone", World.Plain.Release(22, change: r => r.OfAnother()), """
            Ready=True Ready: All open pull requests are being handled.
            event Normal NoActivePRs: No active PRs found
            """),
        new("OwnRelease_BeingDeletedByHand_IsWaitedFor",
            World.Plain.Open(22).Release(22, change: r => r.Deleting().PostedSubmitted()).Row(22, "Ready", "Applied"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/WaitingForDeletion aaaaaaa by WaitForDeletion: The previous HelmRelease is still being uninstalled; if the pull request is open, a new one will then be created.
              look again at 12:06:00
            """),
        new("OwnRelease_BeingDeletedByHandInVain_SaysWhatFluxSays",
            World.Plain.Open(22).Release(22, change: r => r.Deleting().Failed("UninstallFailed", "timed out")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/WaitingForDeletion aaaaaaa by WaitForDeletion: The previous HelmRelease is still being uninstalled; if the pull request is open, a new one will then be created. Flux says UninstallFailed: timed out.
            """),
    ];
}
