using System.Collections.Frozen;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Releases;

/// <summary>What helm-controller says of a release's current generation.</summary>
/// <param name="Kind">Working, ready or failed.</param>
/// <param name="Reason">Flux's own reason; empty when it has not spoken of this generation.</param>
/// <param name="Message">Flux's own message.</param>
public readonly record struct ReleaseState(ReleaseStateKind Kind, string Reason, string Message)
{
    // What remains when an action failed, its remediation included. A chart that cannot be fetched yet is not among them.
    // https://fluxcd.io/flux/components/helm/helmreleases/#helmrelease-status
    private static readonly FrozenSet<string> FailedReasons = new[]
    {
        "InstallFailed", "UpgradeFailed", "TestFailed", "RollbackFailed", "RollbackSucceeded", "UninstallFailed", "UninstallSucceeded",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reads it off the conditions.</summary>
    public static ReleaseState Of(HelmRelease release)
    {
        var generation = release.Metadata.Generation;
        var ready = release.Status?.Condition("Ready");
        // Ready=True of an older generation is normal just after a change; observedGeneration is what Flux itself compares.
        if (ready is { IsTrue: true } && release.Status!.ObservedGeneration == generation)
            return new ReleaseState(ReleaseStateKind.Ready, ready.Reason, ready.Message);

        // After a failure that may pass, observedGeneration stays behind: the condition's own generation tells.
        var speaks = ready is not null && SpeaksOf(ready, release);
        if (speaks && ready!.IsFalse && FailedReasons.Contains(ready.Reason))
            return new ReleaseState(ReleaseStateKind.Failed, ready.Reason, ready.Message);

        // Stalled says no more than that Flux has given up; why stands in Ready where an action had failed.
        if (release.Status?.Condition("Stalled") is { IsTrue: true } stalled && SpeaksOf(stalled, release))
            return new ReleaseState(ReleaseStateKind.Failed, stalled.Reason, stalled.Message);
        return speaks
            ? new ReleaseState(ReleaseStateKind.Progressing, ready!.Reason, ready.Message)
            : new ReleaseState(ReleaseStateKind.Progressing, "", "");
    }

    /// <summary>Why a deletion does not come to its end; null when nothing is known to hinder it, or nothing is being deleted.</summary>
    public static ReleaseState? ProblemOfDeletion(HelmRelease release) =>
        release.Metadata.DeletionTimestamp is not null && Of(release) is { Kind: ReleaseStateKind.Failed } failed ? failed : null;

    private static bool SpeaksOf(Condition condition, HelmRelease release) =>
        condition.ObservedGeneration == release.Metadata.Generation
        || (condition.ObservedGeneration == 0 && release.Metadata.Generation <= 1);
}

/// <summary>The three things that helm-controller can say.</summary>
public enum ReleaseStateKind
{
    /// <summary>Not there yet.</summary>
    Progressing,

    /// <summary>Installed.</summary>
    Ready,

    /// <summary>Failed, or given up.</summary>
    Failed,
}
