using PrEnv.Core.Environments.Messages;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Environments;

/// <summary>
/// What people were told of one generation of one release: by the commit status that was posted or, where none is, by the row of the
/// last status. It outlives the process, so that a restart neither says a thing twice nor takes it back.
/// </summary>
/// <param name="State">What the last word was; null when there was none of this generation.</param>
/// <param name="Description">The words that were posted; null when none were.</param>
/// <param name="Reason">Why it failed, for machines; null when it did not, or that is not known.</param>
internal sealed record Told(string? State, string? Description, string? Reason)
{
    private static readonly Told Nothing = new(null, null, null);

    public bool Ready => State == Reports.Success;

    public bool Failed => State == Reports.Failure;

    public static Told Of(EnvironmentInput input, HelmRelease release, string sha)
    {
        var row = input.Before is { } before && before.HeadSha == sha ? before : null;
        var reason = row is { Phase: EnvironmentPhase.Failed } && IsOfTheEnvironment(row.Reason) ? row.Reason : null;
        // Of a commit that stays installed while the head waits nothing is posted: the row alone remembers.
        if (input.IsPinned || input.Spec.StatusContext is null || input.ReportedFor(release) is not { } reported || reported.Status.Sha != sha)
            return OfRow(input, row, reason);
        if (reported.Generation != release.Metadata.Generation || IsUnproven(input, reported.Status.Description == Sentences.Submitted))
            return Nothing;
        return new Told(reported.Status.State, reported.Status.Description, reason ?? Sentences.ReasonOf(reported.Status.Description));
    }

    private static Told OfRow(EnvironmentInput input, EnvironmentStatus? row, string? reason) => row?.Phase switch
    {
        EnvironmentPhase.Ready when !IsUnproven(input, row.Reason == Sentences.AppliedReason) => new Told(Reports.Success, null, null),
        EnvironmentPhase.Failed when reason is not null => new Told(Reports.Failure, null, reason),
        _ => Nothing,
    };

    // Told when the spec asked for no proof yet; now it does.
    private static bool IsUnproven(EnvironmentInput input, bool wasOnlyApplied) =>
        wasOnlyApplied && input.Spec.Readiness is not Core.Spec.Readiness.Applied;

    // A write that failed says nothing of what runs.
    private static bool IsOfTheEnvironment(string reason) =>
        reason is not (EventReasons.UnableToCreateHelmRelease or EventReasons.DeleteFailed or EventReasons.NameConflict);
}
