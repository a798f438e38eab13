namespace PrEnv.Tests.Planning.Rules;

/// <summary>
/// A Secret of the health check is missing: nothing is known of the environments, and nothing that was known is forgotten.
/// </summary>
internal static class ObstacleRows
{
    private const string Missing = "Secret default/ca does not exist: create it.";

    private static readonly string Url = World.UrlOf(22, World.A);

    private static readonly World Deploying = World.Probing.Open(22).Row(22, "Deploying", "Progressing");

    private static readonly World Ready = World.Probing.Open(22).Row(22, "Ready", "EnvReady");

    public static RuleRow[] All { get; } =
    [
        new("Obstacle_WhilePending_IsTheReasonAndNews",
            Deploying.Release(22, change: r => r.Ready().PostedPending(Url)).Obstructed(22, Missing), """
            Ready=False HealthCheckSecretInvalid Reconciling: The environments cannot be checked. Secret default/ca does not exist: create it.
            PR 22 Deploying/HealthCheckSecretInvalid aaaaaaa by EvaluateRelease: The health check of https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa cannot be made. Secret default/ca does not exist: create it.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:25:00
              look again at 12:25:00
            event Warning HealthCheckSecretInvalid: The environments cannot be checked. Secret default/ca does not exist: create it.
            """),
        new("Obstacle_OfAReadyOne_ChangesNoVerdict",
            Ready.Release(22, change: r => r.Ready().PostedReady(Url)).Probed(22, succeeded: true).Obstructed(22, Missing), """
            Ready=False HealthCheckSecretInvalid Reconciling: The environments cannot be checked. Secret default/ca does not exist: create it.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The environment was ready. The health check of https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa cannot be made. Secret default/ca does not exist: create it.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            event Warning HealthCheckSecretInvalid: The environments cannot be checked. Secret default/ca does not exist: create it.
            """),
        new("Obstacle_AfterARestart_LeavesAReadyOneReady",
            Ready.Release(22, change: r => r.Ready().PostedReady(Url)).Obstructed(22, Missing), """
            Ready=False HealthCheckSecretInvalid Reconciling: The environments cannot be checked. Secret default/ca does not exist: create it.
            PR 22 Ready/EnvReady aaaaaaa by EvaluateRelease: The environment was ready. The health check of https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa cannot be made. Secret default/ca does not exist: create it.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            event Warning HealthCheckSecretInvalid: The environments cannot be checked. Secret default/ca does not exist: create it.
            """),
        new("Obstacle_OfAnUnhealthyOne_DoesNotHealIt",
            World.Probing.Open(22).Row(22, "Failed", "EnvUnhealthy").Release(
                22, change: r => r.Ready().Posted("failure", "Ephemeral environment for PR became unhealthy", Url))
                .Probed(22, succeeded: true, failures: 4).Obstructed(22, Missing), """
            Ready=False HealthCheckSecretInvalid Reconciling: The environments cannot be checked. Secret default/ca does not exist: create it.
            PR 22 Failed/EnvUnhealthy aaaaaaa by EvaluateRelease: The environment was ready and became unhealthy. The health check of https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa cannot be made. Secret default/ca does not exist: create it.
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:20:00
            event Warning HealthCheckSecretInvalid: The environments cannot be checked. Secret default/ca does not exist: create it.
            """),
        new("Obstacle_UntilTheTimeout_IsNamedInTheFailure",
            Deploying.Later(TimeSpan.FromMinutes(40)).Release(22, change: r => r.Ready().PostedPending(Url)).Obstructed(22, Missing), """
            Ready=False HealthCheckSecretInvalid Reconciling: The environments cannot be checked. Secret default/ca does not exist: create it.
            PR 22 Failed/HealthCheckTimeout aaaaaaa by EvaluateRelease: The environment did not become ready within 30m. The health check of https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa cannot be made. Secret default/ca does not exist: create it.
              tell failure aaaaaaa "Ephemeral environment for PR did not become ready within 30m" https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
              probe https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa of generation 1, patient until 12:25:00
            event Warning HealthCheckSecretInvalid: The environments cannot be checked. Secret default/ca does not exist: create it.
            event Warning EnvFailed: PR 22: The environment did not become ready within 30m. The health check of https://pr-22.test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa cannot be made. Secret default/ca does not exist: create it.
            """),
    ];
}
