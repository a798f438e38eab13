namespace PrEnv.Tests.Planning.Rules;

/// <summary>healthCheck.timeout: counted from the controller's own last change, or from when a hand changed what was ready.</summary>
internal static class TimeoutRows
{
    private const string TimedOut = "Ephemeral environment for PR did not become ready within 30m";

    private static readonly string Url = World.UrlOf(22, World.A);

    // Releases were updated at 11:50.
    private static readonly World Late = World.Probing.Open(22).Row(22, "Deploying", "Progressing").Later(TimeSpan.FromMinutes(25));

    private static readonly World Failed = World.Probing.Open(22).Row(22, "Failed", "HealthCheckTimeout").Later(TimeSpan.FromMinutes(30));

    public static RuleRow[] All { get; } =
    [
        new("Timeout_WhileFluxWorks_IsFailure", Late.Release(22, change: r => r.Working().PostedPending(Url)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/HealthCheckTimeout aaaaaaa by EvaluateRelease: The environment did not become ready within 30m. Flux says Progressing: Running 'install' action with timeout of 5m0s.
              tell failure aaaaaaa "Ephemeral environment for PR did not become ready within 30m" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
            event Warning EnvFailed: PR 22: The environment did not become ready within 30m. Flux says Progressing: Running 'install' action with timeout of 5m0s.
            """),
        new("Timeout_OfAWakingOne_StaysAFailureUntilItIsPosted",
            World.Fluxed.Sleeping(s => s with { IdleTimeout = null }).Open(22).Row(22, "Failed", "HealthCheckTimeout")
                .Later(TimeSpan.FromMinutes(40)).Release(22, change: r => r.NextGeneration().Working().Attempted(2)
                    .Posted("success", "Successfully created ephemeral environment for PR", generation: 1)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/HealthCheckTimeout aaaaaaa by ApplyDesired: The environment did not become ready within 30m. Flux says Progressing: Running 'install' action with timeout of 5m0s.
              update envs/relpr-22 (metadata.annotations.prcontroller.controllers.ephemeralenv.io/activity)
              tell failure aaaaaaa "Ephemeral environment for PR did not become ready within 30m"
            """),
        new("Timeout_WhileTheUrlDoesNotAnswer_IsFailureAndProbingGoesOn",
            Late.Release(22, change: r => r.Ready().PostedPending(Url)).Probed(22, succeeded: false, failures: 30), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/HealthCheckTimeout aaaaaaa by EvaluateRelease: The environment did not become ready within 30m. Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy; it answered 503.
              tell failure aaaaaaa "Ephemeral environment for PR did not become ready within 30m" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:25:00
            event Warning EnvFailed: PR 22: The environment did not become ready within 30m. Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy; it answered 503.
            """),
        new("Timeout_BeforeTheFirstProbe_WaitsForItWithoutSpinning", Late.Release(22, change: r => r.Ready().PostedPending(Url)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:25:00
            """),
        new("Timeout_OnceItAnswersInTime_IsSuccess", Late.Release(22, change: r => r.Ready().PostedPending(Url)).Probed(
            22, succeeded: true),
            """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa answers as expected.
              tell success aaaaaaa "Successfully created ephemeral environment for PR" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            event Normal EnvReady: Environment is ready for PR 22
            """),
        new("Timeout_ToldAlready_IsSilent",
            Failed.Release(22, change: r => r.Ready().Posted("failure", TimedOut, Url)).Probed(22, succeeded: false, failures: 40), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/HealthCheckTimeout aaaaaaa by EvaluateRelease: The environment did not become ready within 30m. Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy; it answered 503.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Timeout_ToldAlreadyAndRestarted_IsSilent", Failed.Release(22, change: r => r.Ready().Posted("failure", TimedOut, Url)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/HealthCheckTimeout aaaaaaa by EvaluateRelease: The environment did not become ready within 30m. Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Timeout_ToldAlreadyWithoutARow_IsSilent",
            World.Probing.Open(22).Later(TimeSpan.FromMinutes(30)).Release(22, change: r => r.Ready().Posted("failure", TimedOut, Url)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Failed/HealthCheckTimeout aaaaaaa by EvaluateRelease: The environment did not become ready within 30m. Waiting for https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa to be healthy.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Timeout_AndThenItAnswers_IsSuccess",
            Failed.Release(22, change: r => r.Ready().Posted("failure", TimedOut, Url)).Probed(22, succeeded: true), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa answers as expected.
              tell success aaaaaaa "Successfully created ephemeral environment for PR" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            event Normal EnvReady: Environment is ready for PR 22
            """),
        new("Timeout_OfAnEnvironmentThatWasReady_DoesNotHappen",
            World.Probing.Open(22).Row(22, "Ready", "EnvReady").Later(TimeSpan.FromDays(9))
            .Release(22, change: r => r.Ready().PostedReady(Url)), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa answers as expected.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            """),
        new("Timeout_WithATimeInTheFuture_CountsFromNow",
            World.Probing.Open(22).Release(
                22, change: r =>
                    r.Working().PostedPending(Url).Annotation(Core.Resources.OwnerLabels.UpdatedAtAnnotation, "9999-12-31T23:59:59Z")), """
            Ready=True Ready: All open pull requests are being handled.
            PR 22 Deploying/Progressing aaaaaaa by EvaluateRelease: Flux says Progressing: Running 'install' action with timeout of 5m0s.
              look again at 12:30:00
            """),
    ];
}
