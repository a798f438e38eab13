using PrEnv.Core.Objects;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments.Messages;

/// <summary>What authors read beside a commit status or a deployment; the first three are the predecessor's.</summary>
internal static class StatusDescriptions
{
    public const string Submitted = "Ephemeral environment creation request submitted";

    public const string InProgress = "Creation of ephemeral environment for PR in progress";

    public const string Succeeded = "Successfully created ephemeral environment for PR";

    public const string BecameUnhealthy = "Ephemeral environment for PR became unhealthy";

    public const string NeedsApproval = "From a fork: a reviewer with write access must approve this commit";

    public const string Removed = "The environment has been removed";

    public static string TimedOut(TimeSpan timeout) =>
        "Ephemeral environment for PR did not become ready within " + GoDuration.Format(timeout);

    /// <summary>Begins the description of a commit status of a pull request that gets no environment.</summary>
    public const string NoEnvironment = "No environment for this pull request: ";

    /// <param name="why">A sentence.</param>
    public static string Skipped(string why) => NoEnvironment + why;

    /// <summary>Of a commit that several pull requests share: names the one that it is about.</summary>
    public static string About(int number, string description) => $"PR {number}: {description}";

    // GitHub takes 140 characters.
    public static string Failed(string reason) => $"Ephemeral environment for PR failed: {Text.Excerpt(reason, 100)}";
}
