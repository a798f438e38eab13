using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Pages;

/// <summary>
/// What has happened to an environment, as far as the cluster and GitHub keep times of it, and what this process has seen of its phases.
/// </summary>
internal static class Timeline
{
    /// <summary>The latest first.</summary>
    public static ImmutableArray<TimelineEntry> Of(EnvironmentDetails details) =>
    [
        // Of what happened in the same second, the later comes first.
        .. Entries(details).Reverse().OrderByDescending(entry => entry.At),
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
        if (details.Release is { } release)
        {
            foreach (var entry in Entries(release))
                yield return entry;
        }

        foreach (var entry in Phases(details))
            yield return entry;
        if (details.Row?.Waiting is { Since: { } waiting } head)
            yield return new TimelineEntry(waiting, "Newer commit waits", PageText.Name($"{Sha.Short(head.HeadSha ?? "")} {head.Reason}"));
    }

    private static IEnumerable<TimelineEntry> Phases(EnvironmentDetails details)
    {
        string? commit = null;
        foreach (var row in details.Earlier.Append(details.Row).OfType<EnvironmentStatus>())
        {
            if (row.Since is { } since)
            {
                if (commit is not null && row.HeadSha is { } sha && sha != commit)
                    yield return new TimelineEntry(since, "New commit", PageText.Name(Sha.Short(sha)));
                var phase = PageText.Word(row.Phase) ?? "Unknown";
                yield return new TimelineEntry(since, phase, PageText.Name(row.Reason), phase);
            }

            commit = row.HeadSha ?? commit;
        }
    }

    private static IEnumerable<TimelineEntry> Entries(HelmRelease release)
    {
        var metadata = release.Metadata;
        if (metadata.CreationTimestamp > DateTimeOffset.UnixEpoch)
            yield return new TimelineEntry(metadata.CreationTimestamp, "HelmRelease created", PageText.Name(metadata.Key.ToString()));
        var asleep = DesiredReleases.AsleepSince(release);
        if (asleep is { } since)
            yield return new TimelineEntry(since, "Put to sleep");
        if (DesiredReleases.UpdatedAt(release) is { } updated && updated != metadata.CreationTimestamp && updated != asleep)
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

        foreach (var condition in (release.Status?.Conditions ?? []).OfType<Condition>())
        {
            if (condition.LastTransitionTime > DateTimeOffset.UnixEpoch && WhatFluxSays(condition) is { } what)
                yield return new TimelineEntry(condition.LastTransitionTime, what, PageText.Name(condition.Reason));
        }
    }

    // The others say the same in more words, or nothing that has happened.
    private static string? WhatFluxSays(Condition condition) => condition switch
    {
        { Type: "Ready", IsTrue: true } => "Flux: ready",
        { Type: "Ready", IsFalse: true } => "Flux: not ready",
        { Type: "Stalled", IsTrue: true } => "Flux: stalled",
        { Type: "Remediated", IsTrue: true } => "Flux: rolled back or uninstalled",
        _ => null,
    };
}
