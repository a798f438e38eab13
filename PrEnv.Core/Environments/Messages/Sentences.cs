using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Selection;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments.Messages;

/// <summary>Words that stand in more than one place; the first three are the predecessor's.</summary>
internal static class Sentences
{
    public const string Submitted = "Ephemeral environment creation request submitted";

    public const string InProgress = "Creation of ephemeral environment for PR in progress";

    public const string Succeeded = "Successfully created ephemeral environment for PR";

    public const string BecameUnhealthy = "Ephemeral environment for PR became unhealthy";

    public const string NeedsApproval = "Comes from a fork: somebody with write permission has to approve this commit in a review";

    public const string ApprovalReason = "ApprovalRequired";

    public const string AppliedReason = "Applied";

    public const string DeployingReason = "Progressing";

    public const string TimedOutReason = "HealthCheckTimeout";

    public const string Applied = "The HelmRelease is applied; no health check is configured.";

    public const string WaitingForFlux = "Waiting for Flux to install the HelmRelease.";

    private const string NotReady = "Ephemeral environment for PR did not become ready within ";

    /// <summary>What a fork's head commit waits for: a sentence.</summary>
    public static string Waits(string head, Approval approval) => approval.State == ApprovalState.Unknown
        ? $"Comes from a fork, and it is not known whether {Sha.Short(head)} was approved. {Text.Sentence(approval.Problem ?? "")}"
        : $"Comes from a fork: {Sha.Short(head)} has to be approved in a review by somebody with write permission.";

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
