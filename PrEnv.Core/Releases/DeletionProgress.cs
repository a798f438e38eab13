using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Releases;

/// <summary>
/// How far Flux is with the deletion of a release. What Flux says of installing it does not count any more: after a deletion an
/// installation may still fail, and that is no problem of the deletion.
/// </summary>
/// <param name="State">What keeps it.</param>
/// <param name="Problem">What Flux says of it; null unless it says something.</param>
/// <param name="Until">When it ends at the latest, or since when it should have ended; null when neither is known.</param>
internal sealed record DeletionProgress(DeletionState State, Condition? Problem = null, DateTimeOffset? Until = null)
{
    // More than Flux's timeout, for what it does beside uninstalling.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    // Flux cannot read the state of the Helm release: its service account lacks the rights, or is gone.
    private const string StateError = nameof(StateError);

    private const string UninstallFailed = nameof(UninstallFailed);

    /// <summary>When there will be something else to say, though nothing may have happened; otherwise null.</summary>
    public DateTimeOffset? CheckAgainAt => State is DeletionState.Uninstalling or DeletionState.Finishing ? Until : null;

    /// <summary>Null while nothing deletes the release.</summary>
    public static DeletionProgress? Of(HelmRelease release, DateTimeOffset now)
    {
        if (release.Metadata.DeletionTimestamp is not { } deleted)
            return null;
        if (release.Spec.Suspend == true)
            return new DeletionProgress(DeletionState.Abandoned);
        var ready = release.Status?.Condition("Ready");
        if (ready is { IsFalse: true, Reason: StateError })
            return new DeletionProgress(DeletionState.Denied, ready);
        if (ready is { IsFalse: true, Reason: UninstallFailed })
            return new DeletionProgress(DeletionState.Failing, ready);
        // An action that began before is not given up for the deletion.
        if (ready is { Status: "Unknown", LastTransitionTime: var begin } && begin <= deleted
            && ReleaseTimeout.EndOf(release, begin) is var end && end > now)
        {
            return new DeletionProgress(DeletionState.Finishing, Until: end);
        }

        var expected = ReleaseTimeout.EndOf(release, deleted) is var last && last < DateTimeOffset.MaxValue - Slack ? last + Slack : last;
        return new DeletionProgress(now < expected ? DeletionState.Uninstalling : DeletionState.Overdue, Until: expected);
    }
}
