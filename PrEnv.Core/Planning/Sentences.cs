using PrEnv.Core.Model;

namespace PrEnv.Core.Planning;

/// <summary>Words that stand in more than one place; the first three are the predecessor's.</summary>
internal static class Sentences
{
    public const string Submitted = "Ephemeral environment creation request submitted";

    public const string InProgress = "Creation of ephemeral environment for PR in progress";

    public const string Succeeded = "Successfully created ephemeral environment for PR";

    public const string BecameUnhealthy = "Ephemeral environment for PR became unhealthy";

    public const string AppliedReason = "Applied";

    public const string DeployingReason = "Progressing";

    public const string TimedOutReason = "HealthCheckTimeout";

    public const string Applied = "The HelmRelease is applied; no health check is configured.";

    public const string WaitingForFlux = "Waiting for Flux to install the HelmRelease.";

    private const string NotReady = "Ephemeral environment for PR did not become ready within ";

    public static string FluxSays(ReleaseState state) => $"Flux says {Text.Excerpt(state.Reason)}: {Text.Sentence(state.Message)}";

    public static string TimedOut(TimeSpan timeout) => NotReady + GoDuration.Format(timeout);

    // GitHub takes 140 characters.
    public static string Failed(string reason) => $"Ephemeral environment for PR failed: {Text.Excerpt(reason, 100)}";

    /// <summary>The reason that a posted failure gave, where its words tell; else null.</summary>
    public static string? ReasonOf(string? description) => description switch
    {
        BecameUnhealthy => EventReasons.EnvUnhealthy,
        { } words when words.StartsWith(NotReady, StringComparison.Ordinal) => TimedOutReason,
        _ => null,
    };
}
