using PrEnv.Core.Model;

namespace PrEnv.Core.Planning;

/// <summary>Words that stand in more than one place; the first three are the predecessor's.</summary>
internal static class Sentences
{
    public const string Submitted = "Ephemeral environment creation request submitted";

    public const string InProgress = "Creation of ephemeral environment for PR in progress";

    public const string Succeeded = "Successfully created ephemeral environment for PR";

    public const string BecameUnhealthy = "Ephemeral environment for PR became unhealthy";

    public const string Applied = "The HelmRelease is applied; no health check is configured.";

    public const string WaitingForFlux = "Waiting for Flux to install the HelmRelease.";

    public static string TimedOut(TimeSpan timeout) => $"Ephemeral environment for PR did not become ready within {GoDuration.Format(timeout)}";

    public static string Failed(string reason) => $"Ephemeral environment for PR failed: {reason}";
}
