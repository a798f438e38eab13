namespace PrEnv.Tests.Planning.Rules;

/// <summary>Forks.</summary>
internal static class SelectionRows
{
    public static RuleRow[] All { get; } =
    [
        new("Fork_Denied_IsSkippedAndSaysSo", World.Plain.Forks("Deny").Fork(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/ForkDenied aaaaaaa by SkipUnselected: The pull request comes from a fork, and spec.pullRequests.forks is Deny.
            event Normal PRSkipped: No environment for PR 22: The pull request comes from a fork, and spec.pullRequests.forks is Deny.
            """),
        new("Fork_SkippedBefore_IsNoNews", World.Plain.Forks("Deny").Fork(22).Row(22, "Skipped", "ForkDenied"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/ForkDenied aaaaaaa by SkipUnselected: The pull request comes from a fork, and spec.pullRequests.forks is Deny.
            """),
        new("Fork_Allowed_IsCreated", World.Plain.Forks("Allow").Fork(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by ApplyDesired: The HelmRelease has been applied; no health check is configured.
              create envs/relpr-22
              tell success aaaaaaa "Ephemeral environment creation request submitted"
              look again at 12:01:00
            event Normal FluxHelmReleaseCreated: New flux HelmRelease created for PR 22
            """),
        new("Fork_DeniedWithAnEnvironment_IsDeleted", World.Plain.Forks("Deny").Fork(22).Release(22, change: r => r.Ready()).Row(
            22, "Ready", "Applied"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/ForkDenied aaaaaaa by DeleteUnselected: The pull request comes from a fork, and spec.pullRequests.forks is Deny. Flux is uninstalling the environment.
              delete envs/relpr-22
            event Normal FluxHelmReleaseDeleted: Flux HelmRelease deleted for PR 22
            """),
        new("Fork_DeniedAndBeingUninstalled_Waits", World.Plain.Forks("Deny").Fork(22).Release(22, change: r => r.Deleting()).Row(
            22, "Deleting", "ForkDenied"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deleting/ForkDenied aaaaaaa by DeleteUnselected: The pull request comes from a fork, and spec.pullRequests.forks is Deny. Flux is uninstalling the environment.
              look again at 12:06:00
            """),
        new("Fork_DeniedWithSomebodyElsesRelease_IsSkipped", World.Plain.Forks("Deny").Fork(22).Release(22, change: r => r.OfAnother()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Skipped/ForkDenied aaaaaaa by SkipUnselected: The pull request comes from a fork, and spec.pullRequests.forks is Deny.
            event Normal PRSkipped: No environment for PR 22: The pull request comes from a fork, and spec.pullRequests.forks is Deny.
            """),
    ];
}
