using System.Collections.Frozen;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Releases;

/// <summary>What helm-controller says about a release's current generation.</summary>
/// <param name="Kind">Working, ready or failed.</param>
/// <param name="Reason">Flux's own reason; empty if it has not reported on this generation.</param>
/// <param name="Message">Flux's own message.</param>
public readonly record struct ReleaseState(ReleaseStateKind Kind, string Reason, string Message)
{
    // The reasons that remain after an action has failed, including those of its remediation. A chart that cannot be fetched yet is not
    // among them.
    // https://fluxcd.io/flux/components/helm/helmreleases/#helmrelease-status
    private static readonly FrozenSet<string> FailedReasons = new[]
    {
        "InstallFailed", "UpgradeFailed", "TestFailed", "RollbackFailed", "RollbackSucceeded", "UninstallFailed", "UninstallSucceeded",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Reads the state from the conditions.</summary>
    public static ReleaseState Of(HelmRelease release)
    {
        var generation = release.Metadata.Generation;
        var ready = release.Status?.Condition("Ready");
        // Ready=True of an older generation is normal just after a change; observedGeneration is what Flux itself compares.
        if (ready is { IsTrue: true } && release.Status!.ObservedGeneration == generation)
            return new ReleaseState(ReleaseStateKind.Ready, ready.Reason, ready.Message);

        // After a failure that may be temporary, observedGeneration lags behind: the condition's own generation decides.
        var speaks = ready is not null && SpeaksOf(ready, release);
        if (speaks && ready!.IsFalse && FailedReasons.Contains(ready.Reason))
            return new ReleaseState(ReleaseStateKind.Failed, ready.Reason, ready.Message);

        // Stalled only says that Flux has given up; if an action failed, the cause is in Ready.
        if (release.Status?.Condition("Stalled") is { IsTrue: true } stalled && SpeaksOf(stalled, release))
            return new ReleaseState(ReleaseStateKind.Failed, stalled.Reason, stalled.Message);
        return speaks
            ? new ReleaseState(ReleaseStateKind.Progressing, ready!.Reason, ready.Message)
            : new ReleaseState(ReleaseStateKind.Progressing, "", "");
    }

    /// <summary>Why a deletion does not finish; null if nothing is known to block it, or nothing is being deleted.</summary>
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
