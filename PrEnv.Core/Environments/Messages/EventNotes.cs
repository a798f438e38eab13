using PrEnv.Core.Model;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Environments.Messages;

/// <summary>Events about pull requests' environments, in the predecessor's words where it had such an event.</summary>
internal static class EventNotes
{
    public static PlannedEvent Created(int number) =>
        PlannedEvent.Normal(Reasons.FluxHelmReleaseCreated, "Apply", $"New flux HelmRelease created for PR {number}", number);

    public static PlannedEvent Adopted(int number) =>
        PlannedEvent.Normal(Reasons.FluxHelmReleaseAdopted, "Apply", $"Flux HelmRelease adopted for PR {number}", number);

    /// <param name="number">The pull request.</param>
    /// <param name="existing">The release before the change.</param>
    /// <param name="sha">The commit that it will install.</param>
    /// <param name="fields">The paths that change.</param>
    public static PlannedEvent Updated(int number, HelmRelease existing, string sha, IReadOnlyList<string> fields)
    {
        var old = ReleaseValues.Read(existing.Spec).PrSha;
        var what = old is not null && old != sha
            ? $"{Text.Excerpt(Sha.Short(old))} -> {Sha.Short(sha)}"
            : $"{string.Join(", ", fields)} at {Sha.Short(sha)}";
        return PlannedEvent.Normal(Reasons.FluxHelmReleaseUpdated, "Apply", $"Flux HelmRelease updated for PR {number}: {what}", number);
    }

    public static PlannedEvent Deleted(int number) =>
        PlannedEvent.Normal(Reasons.FluxHelmReleaseDeleted, "Delete", $"Flux HelmRelease deleted for PR {number}", number);

    public static PlannedEvent RebuildRequested(int number) =>
        PlannedEvent.Normal(Reasons.RebuildRequested, "Rebuild", $"Rebuild requested for PR {number}", number);

    public static PlannedEvent Ready(int number) =>
        PlannedEvent.Normal(Reasons.EnvReady, "Probe", $"Environment is ready for PR {number}", number);

    /// <param name="reason">
    /// <see cref="Reasons.EnvFailed"/>, <see cref="Reasons.EnvUnhealthy"/> or <see cref="Reasons.URLNotUnique"/>.
    /// </param>
    /// <param name="number">The pull request.</param>
    /// <param name="message">A sentence.</param>
    public static PlannedEvent Failed(string reason, int number, string message) =>
        PlannedEvent.Warning(reason, "Probe", $"PR {number}: {message}", number);

    public static PlannedEvent FluxSilent(int number, string message) =>
        PlannedEvent.Warning(Reasons.FluxSilent, "Install", $"PR {number}: {message}", number);

    public static PlannedEvent Skipped(int number, string message) =>
        PlannedEvent.Normal(Reasons.PRSkipped, "Select", $"No environment for PR {number}: {message}", number);

    public static PlannedEvent Queued(int number, string message) =>
        PlannedEvent.Normal(Reasons.PRQueued, "Select", $"PR {number} is waiting. {message}", number);

    public static PlannedEvent Expired(int number, string message) =>
        PlannedEvent.Normal(Reasons.EnvExpired, "Delete", $"The environment of PR {number} has expired. {message}", number);

    public static PlannedEvent Asleep(int number, string message) =>
        PlannedEvent.Normal(Reasons.EnvAsleep, "Sleep", $"The environment of PR {number} has been put to sleep. {message}", number);

    public static PlannedEvent Awake(int number, string message) =>
        PlannedEvent.Normal(Reasons.EnvAwake, "Wake", $"The environment of PR {number} is being woken up. {message}", number);

    public static PlannedEvent NameConflict(int number, string message) =>
        PlannedEvent.Warning(Reasons.NameConflict, "Apply", $"No environment for PR {number}: {message}", number);

    public static PlannedEvent NoNamespace(string reason, int number, string message) =>
        PlannedEvent.Warning(reason, "Apply", $"No environment for PR {number}: {message}", number);

    /// <param name="number">The first of the pull requests.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="fields">Paths of what does not stay as it is applied.</param>
    public static PlannedEvent Overridden(int number, int count, IReadOnlyList<string> fields) => PlannedEvent.Warning(
        Reasons.FieldOverridden, "Apply", FailureMessages.About(number, count, RowMessages.Overridden(fields)), number);

    /// <summary>An admission policy removes what the controller writes to its own resource.</summary>
    /// <param name="field">Its path.</param>
    /// <param name="consequence">What does not work without it, a sentence.</param>
    public static PlannedEvent NotKept(string field, string consequence) => PlannedEvent.Warning(
        Reasons.FieldOverridden, "Reconcile",
        $"An admission policy of the cluster overrides {field} of this resource. {consequence} Exempt it from that policy.");

    public static PlannedEvent DeletionHeld(int number, string message) =>
        PlannedEvent.Warning(Reasons.DeletionHeld, "Delete", message, number);
}
