namespace PrEnv.Tests.Planning.Rules;

/// <summary>Three failures in a row make failure, the next success makes success.</summary>
internal static class UnhealthyRows
{
    private const string Unhealthy = "Ephemeral environment for PR became unhealthy";

    private static readonly string Url = World.UrlOf(22, World.A);

    private static readonly World Ready = World.Probing.Open(22).Row(22, "Ready", "EnvReady").Release(22, change: r => r.Ready().PostedReady(Url));

    private static readonly World Failed =
        World.Probing.Open(22).Row(22, "Failed", "EnvUnhealthy").Release(22, change: r => r.Ready().Posted("failure", Unhealthy, Url));

    public static RuleRow[] All { get; } =
    [
        new("Unhealthy_AfterOneFailure_IsReady", Ready.Probed(22, succeeded: true, failures: 1), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa answers as expected.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Unhealthy_AfterTwoFailures_IsReady", Ready.Probed(22, succeeded: true, failures: 2), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa answers as expected.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Unhealthy_AfterThreeFailures_IsFailureAndNews", Ready.Probed(22, succeeded: true, failures: 3), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/EnvUnhealthy aaaaaaa by EvaluateRelease: The environment was ready and became unhealthy. Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy; it answered 503.
              tell failure aaaaaaa "Ephemeral environment for PR became unhealthy" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            event Warning EnvUnhealthy: PR 22: The environment was ready and became unhealthy. Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy; it answered 503.
            """),
        new("Unhealthy_AfterThreeFailuresSinceARestart_IsFailureToo", Ready.Probed(22, succeeded: false, failures: 3), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/EnvUnhealthy aaaaaaa by EvaluateRelease: The environment was ready and became unhealthy. Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy; it answered 503.
              tell failure aaaaaaa "Ephemeral environment for PR became unhealthy" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            event Warning EnvUnhealthy: PR 22: The environment was ready and became unhealthy. Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy; it answered 503.
            """),
        new("Unhealthy_ForAnotherReasonNow_TellsGitHubNothingNew", Failed.Probed(22, succeeded: true, failures: 7, last: "did not answer within 5s"), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/EnvUnhealthy aaaaaaa by EvaluateRelease: The environment was ready and became unhealthy. Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy; it did not answer within 5s.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Unhealthy_AfterARestart_IsSilent", Failed, """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/EnvUnhealthy aaaaaaa by EvaluateRelease: The environment was ready and became unhealthy. Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Unhealthy_AfterARestartWithOneFailure_IsSilent", Failed.Probed(22, succeeded: false, failures: 1), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/EnvUnhealthy aaaaaaa by EvaluateRelease: The environment was ready and became unhealthy. Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy; it answered 503.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Unhealthy_AndThenItAnswers_IsSuccess", Failed.Probed(22, succeeded: true), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa answers as expected.
              tell success aaaaaaa "Successfully created ephemeral environment for PR" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            event Normal EnvReady: Environment is ready for PR 22
            """),
        new("Unhealthy_WithoutReports_IsNewsOnce",
            World.Probing.Silent().Open(22).Row(22, "Ready", "EnvReady").Release(22, change: r => r.Ready()).Probed(22, succeeded: true, failures: 3), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/EnvUnhealthy aaaaaaa by EvaluateRelease: The environment was ready and became unhealthy. Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy; it answered 503.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            event Warning EnvUnhealthy: PR 22: The environment was ready and became unhealthy. Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy; it answered 503.
            """),
        new("Unhealthy_WithoutReportsAndKnown_IsNoNews",
            World.Probing.Silent().Open(22).Row(22, "Failed", "EnvUnhealthy").Release(22, change: r => r.Ready()).Probed(22, succeeded: true, failures: 4), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/EnvUnhealthy aaaaaaa by EvaluateRelease: The environment was ready and became unhealthy. Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy; it answered 503.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
    ];
}
