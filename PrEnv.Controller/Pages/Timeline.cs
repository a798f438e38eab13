using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Core.Model;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Pages;

/// <summary>What has happened to an environment, as far as the cluster and GitHub keep times of it.</summary>
internal static class Timeline
{
    /// <summary>The latest first.</summary>
    public static ImmutableArray<TimelineEntry> Of(EnvironmentDetails details) =>
    [
        .. Entries(details).OrderByDescending(entry => entry.At),
    ];

    /// <summary>When a revision was deployed last; null if Flux does not say.</summary>
    public static DateTimeOffset? DeployedAt(HelmReleaseSnapshot item) =>
        DateTimeOffset.TryParse(item.LastDeployed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    private static IEnumerable<TimelineEntry> Entries(EnvironmentDetails details)
    {
        if (details.PullRequest?.OpenedAt is { } opened)
            yield return new TimelineEntry(opened, "Pull request opened", PageText.Name(details.PullRequest.Author));
        if (details.Row is { Since: { } since } row)
            yield return new TimelineEntry(since, PageText.Word(row.Phase) ?? "Unknown", PageText.Name(row.Reason));
        if (details.Row?.Waiting is { Since: { } waiting } head)
            yield return new TimelineEntry(waiting, "Newer commit waits", PageText.Name($"{Sha.Short(head.HeadSha ?? "")} {head.Reason}"));
        if (details.Release is not { } release)
            yield break;
        foreach (var entry in Entries(release))
            yield return entry;
    }

    private static IEnumerable<TimelineEntry> Entries(HelmRelease release)
    {
        var metadata = release.Metadata;
        if (metadata.CreationTimestamp > DateTimeOffset.UnixEpoch)
            yield return new TimelineEntry(metadata.CreationTimestamp, "HelmRelease created", PageText.Name(metadata.Key.ToString()));
        if (DesiredReleases.UpdatedAt(release) is { } updated && updated != metadata.CreationTimestamp)
        {
            var sha = metadata.Annotation(OwnerLabels.HeadShaAnnotation);
            yield return new TimelineEntry(updated, "HelmRelease written", sha is null ? null : $"commit {PageText.Name(Sha.Short(sha))}");
        }

        if (metadata.DeletionTimestamp is { } deleted)
            yield return new TimelineEntry(deleted, "Deletion requested");
        foreach (var item in (release.Status?.History ?? []).OfType<HelmReleaseSnapshot>())
        {
            if (DeployedAt(item) is not { } deployed)
                continue;
            yield return new TimelineEntry(
                deployed,
                string.Create(CultureInfo.InvariantCulture, $"Helm revision {item.Version}: {PageText.Word(item.Status) ?? "unknown"}"),
                item.ChartVersion is null ? null : $"chart {PageText.Name(item.ChartVersion)}");
        }
    }
}
