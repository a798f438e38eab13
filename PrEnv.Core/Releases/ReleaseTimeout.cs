using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Releases;

/// <summary>How long Flux takes for one action at most. See https://fluxcd.io/flux/components/helm/helmreleases/#timeout.</summary>
internal static class ReleaseTimeout
{
    private static readonly TimeSpan Default = TimeSpan.FromMinutes(5);

    /// <summary>When an action that began at that time ends at the latest.</summary>
    public static DateTimeOffset EndOf(HelmRelease release, DateTimeOffset begin)
    {
        var timeout = GoDuration.TryParse(release.Spec.Timeout, out var asked) && asked > TimeSpan.Zero ? asked : Default;
        // Anyone who may edit the release can write any time there.
        return begin < DateTimeOffset.MaxValue - timeout ? begin + timeout : DateTimeOffset.MaxValue;
    }
}
