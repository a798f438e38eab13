namespace PrEnv.Tests.Planning.Rules;

/// <summary>Neither a health check nor HelmReleaseReady: success at once, failure once Flux has failed.</summary>
internal static class AppliedRows
{
    private static readonly World Open = World.Plain.Open(22).Row(22, "Ready", "Applied");

    public static RuleRow[] All { get; } =
    [
        new("Applied_BeforeFluxHasSpoken_IsReady", Open.Release(22, change: r => r.PostedSubmitted()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            """),
        new("Applied_AfterALostPost_IsToldAgain", Open.Release(22), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            """),
        new("Applied_WhileFluxWorks_IsReady", Open.Release(22, change: r => r.Working().PostedSubmitted()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
            """),
        new("Applied_OnceFluxHasFailed_IsFailure", Open.Release(22, change: r => r.Failed().PostedSubmitted()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/InstallFailed aaaaaaa by EvaluateRelease: Flux says InstallFailed: timed out waiting for the condition.
              tell failure aaaaaaa "Ephemeral environment for PR failed: InstallFailed"
            event Warning EnvFailed: PR 22: Flux says InstallFailed: timed out waiting for the condition.
            """),
        new("Applied_WhileFluxTriesAgain_StaysFailed",
            World.Plain.Open(22).Row(22, "Failed", "InstallFailed").Release(22, change: r => r.Working().PostedFailed()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/InstallFailed aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
            """),
        new("Applied_OnceFluxHasSucceededAfterAll_IsSuccess",
            World.Plain.Open(22).Row(22, "Failed", "InstallFailed").Release(22, change: r => r.Ready().PostedFailed()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured.
              tell success aaaaaaa "Ephemeral environment creation request submitted"
            """),
        new("Applied_WithAChartThatIsNotThereYet_IsReady",
            Open.Release(22, change: r => r.Failed("ArtifactFailed", "no artifact").PostedSubmitted()), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/Applied aaaaaaa by EvaluateRelease: The HelmRelease has been applied; no health check is configured. Flux says ArtifactFailed: no artifact.
            """),
    ];
}
