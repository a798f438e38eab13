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

    // Stalled with one of these is the end of an attempt. Every other reason is about the object as it is, attempted or not.
    private static readonly FrozenSet<string> GivenUpReasons =
        new[] { "RetriesExceeded", "MissingRollbackTarget" }.ToFrozenSet(StringComparer.Ordinal);

    // Flux has given up an attempt because there is something newer to do: no verdict on anything.
    private const string Cancelled = "HealthCheckCanceled";

    /// <summary>Did the upgrade fail, and has Flux put back what was there before?</summary>
    public bool IsRolledBack => Kind == ReleaseStateKind.Failed && Reason == "RollbackSucceeded";

    /// <summary>Has Flux met something that it cannot get past by itself, though no action of its own has failed?</summary>
    public bool IsBlocked { get; private init; }

    /// <summary>
    /// Reads the state from the conditions. A success or a failure is of the attempt that it ended, whatever generation the condition
    /// bears: that is the object's when the condition was written, and by then it may be a newer one.
    /// </summary>
    public static ReleaseState Of(HelmRelease release)
    {
        var generation = release.Metadata.Generation;
        var ready = release.Status?.Condition("Ready");
        var isAttempted = IsAttempted(release);
        // Ready=True of an older generation is normal just after a change; observedGeneration is what Flux itself compares.
        if (ready is { IsTrue: true } && isAttempted && release.Status!.ObservedGeneration == generation)
            return new ReleaseState(ReleaseStateKind.Ready, ready.Reason, ready.Message);

        // After a failure that may be temporary, observedGeneration lags behind: the condition's own generation decides.
        var speaks = ready is not null && SpeaksOf(ready, release) && (isAttempted || !EndsAnAttempt(ready));
        if (speaks && ready!.IsFalse && FailedReasons.Contains(ready.Reason))
            return new ReleaseState(ReleaseStateKind.Failed, ready.Reason, ready.Message);

        // Stalled only says that Flux has given up; if an action failed, the cause is in Ready.
        if (release.Status?.Condition("Stalled") is { IsTrue: true } stalled && SpeaksOf(stalled, release)
            && (!GivenUpReasons.Contains(stalled.Reason) || (isAttempted && ready?.Reason != Cancelled)))
        {
            return new ReleaseState(ReleaseStateKind.Failed, stalled.Reason, stalled.Message);
        }

        return speaks
            ? new ReleaseState(ReleaseStateKind.Progressing, ready!.Reason, ready.Message)
            {
                IsBlocked = ready.IsFalse && ready.Reason != Cancelled,
            }
            : new ReleaseState(ReleaseStateKind.Progressing, "", "");
    }

    // Without a word on attempts, as before the first one, the conditions alone decide.
    private static bool IsAttempted(HelmRelease release) =>
        release.Status?.LastAttemptedGeneration is not { } attempted || attempted == release.Metadata.Generation;

    private static bool EndsAnAttempt(Condition ready) =>
        ready.IsTrue || ready.Reason == Cancelled || FailedReasons.Contains(ready.Reason);

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
