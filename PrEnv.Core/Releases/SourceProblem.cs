using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Releases;

/// <summary>A release whose chart is not available. Its HelmChart says why; the release does not.</summary>
/// <param name="Chart">That HelmChart; null when its name is not known.</param>
/// <param name="Since">Since when it has not been there.</param>
internal sealed record SourceProblem(ResourceKey? Chart, DateTimeOffset Since)
{
    /// <summary>Flux's reason for it.</summary>
    public const string Reason = "SourceNotReady";

    /// <summary>Every installation begins with a wait of a few seconds: shorter ones are no problem.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>Null when the chart is there, and while nothing is expected of Flux.</summary>
    public static SourceProblem? Of(HelmRelease release) =>
        release.Metadata.DeletionTimestamp is null && release.Spec.Suspend != true
        && ReleaseState.Of(release) is { Kind: ReleaseStateKind.Progressing, Reason: Reason }
        && release.Status?.Condition("Ready") is { IsFalse: true } ready
            ? new SourceProblem(ChartOf(release), ready.LastTransitionTime)
            : null;

    /// <summary>How long the chart has not been there. A time in the future, which a wrong clock has written, counts as now.</summary>
    public TimeSpan Age(DateTimeOffset now) => now > Since ? now - Since : TimeSpan.Zero;

    // https://fluxcd.io/flux/components/helm/helmreleases/#chart-template
    private static ResourceKey? ChartOf(HelmRelease release)
    {
        // With chartRef there is no HelmChart: the source itself is the chart.
        if (release.Spec.ReadChart() is not { Chart: not null, Source: { } source })
            return null;
        var meta = release.Metadata;
        // Whoever may edit the release must not choose what is read.
        var @namespace = source.Namespace ?? meta.Namespace;
        var name = release.Status?.HelmChart is not { Length: > 0 } noted ? $"{meta.Namespace}-{meta.Name}"
            : noted.StartsWith(@namespace + "/", StringComparison.Ordinal) ? noted[(@namespace.Length + 1)..]
            : "";
        return IsName(@namespace) && IsName(name) ? new ResourceKey(@namespace, name) : null;
    }

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 253 && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
        && char.IsAsciiLetterOrDigit(text[0]);
}
