using PrEnv.Core.Model;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Environments;

/// <summary>
/// What was last reported about one rollout of one commit: the commit status that was posted or, if none was, the row of the last
/// status. It outlives the process, so that a restart neither repeats nor retracts a report.
/// </summary>
/// <param name="State">The state that was reported; null if nothing was reported about this generation.</param>
/// <param name="Posted">The commit status that was posted; null when none was.</param>
/// <param name="Reason">Why it failed; null if it did not fail or the reason is not known.</param>
internal sealed record LastReport(CommitState? State, CommitStatus? Posted, string? Reason)
{
    /// <summary>Nothing is known to have been reported.</summary>
    public static LastReport Nothing { get; } = new(null, null, null);

    public bool Ready => State == CommitState.Success;

    public bool Failed => State == CommitState.Failure;

    public static LastReport Of(EnvironmentInput input, HelmRelease release, string sha)
    {
        var row = input.Before is { } before && before.HeadSha == sha ? before : null;
        var failure = row is { Phase: EnvironmentPhase.Failed } && IsOfTheEnvironment(row.Reason) ? row.Reason : null;
        // Nothing is posted about a commit that stays installed while the head waits: only the row remembers it.
        if (input.IsPinned
            || input.Spec.StatusContext is null
            || input.ReportedFor(release) is not { } reported
            || reported.Status.Sha != sha)
        {
            return OfRow(input, row, failure);
        }

        var status = reported.Status;
        if (!IsOfThisRollout(reported, release, sha))
            return Nothing;
        if (status.State != CommitState.Failure && IsUnproven(input, status.Reason))
            return Nothing;
        // The failure is still waiting to be posted.
        if (failure is not null && status.State == CommitState.Success)
            return new LastReport(CommitState.Failure, null, failure);
        return new LastReport(status.State, status, failure ?? (status.State == CommitState.Failure ? status.Reason : null));
    }

    // Suspending a release and other changes by hand make a new generation of the same commit: what was reported stays true until Flux has
    // attempted it. Flux that does not tell what it attempted leaves only the generation to go by.
    private static bool IsOfThisRollout(ReportedStatus reported, HelmRelease release, string sha) =>
        reported.Generation == release.Metadata.Generation
        || (release.Status?.LastAttemptedGeneration is not null && ReleaseCommits.IsSince(release, reported.Generation, sha));

    private static LastReport OfRow(EnvironmentInput input, EnvironmentStatus? row, string? failure) => row?.Phase switch
    {
        EnvironmentPhase.Ready when !IsUnproven(input, row.Reason) => new LastReport(CommitState.Success, null, null),
        EnvironmentPhase.Failed when failure is not null => new LastReport(CommitState.Failure, null, failure),
        _ => Nothing,
    };

    // It was reported before the spec asked for proof.
    private static bool IsUnproven(EnvironmentInput input, string? reason) =>
        reason is Reasons.Applied or Reasons.FluxSilent && input.Spec.Readiness is not Readiness.Applied;

    // A failed write says nothing about what is running.
    private static bool IsOfTheEnvironment(string reason) =>
        reason is not (Reasons.UnableToCreateHelmRelease or Reasons.DeleteFailed or Reasons.NameConflict);
}
