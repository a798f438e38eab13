using PrEnv.Core.Resources;

namespace PrEnv.Core.Releases;

/// <summary>
/// Flux is still at work on an earlier generation of a release. It waits for what it has installed to become ready, until the release's
/// timeout at the latest, before it looks at the present one.
/// </summary>
/// <param name="Commit">What it works on; null when it is not known.</param>
/// <param name="Since">When it began.</param>
/// <param name="Until">When it gives up at the latest.</param>
internal sealed record EarlierAttempt(string? Commit, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>Null when there is none, and where Flux does not tell what it attempted.</summary>
    public static EarlierAttempt? Of(HelmRelease release)
    {
        var (generation, status) = (release.Metadata.Generation, release.Status);
        if (status?.LastAttemptedGeneration is not { } attempted || attempted >= generation)
            return null;
        // Once it has taken up the present generation, it says so first here.
        if (status.Condition("Reconciling") is { } reconciling && reconciling.ObservedGeneration >= generation)
            return null;
        return status.Condition("Ready") is { Status: "Unknown" } ready && ready.ObservedGeneration < generation
            ? new EarlierAttempt(
                ReleaseCommits.AttemptedBefore(release), ready.LastTransitionTime, ReleaseTimeout.EndOf(release, ready.LastTransitionTime))
            : null;
    }
}
