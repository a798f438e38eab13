using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Spec;

namespace PrEnv.Core.Releases;

/// <summary>What the HelmRelease of a pull request should be, and how an existing one differs from it.</summary>
public static class DesiredReleases
{
    internal const string SourceKind = "GitRepository";

    private const string Interval = "5m";

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The release that installs one commit of one pull request.</summary>
    /// <param name="resource">The owner.</param>
    /// <param name="spec">The owner's spec.</param>
    /// <param name="prNumber">The pull request.</param>
    /// <param name="sha">Its head commit.</param>
    /// <param name="prUrl">Its page; null when it is not known.</param>
    /// <param name="updatedAt">When the controller last created or changed it.</param>
    /// <param name="isApproved">Does the release have to record that this commit of a fork was approved?</param>
    /// <param name="commits">What is noted of the commits before it, see <see cref="ReleaseCommits"/>; null: nothing.</param>
    public static DesiredRelease For(
        PREphemeralEnvController resource, EnvironmentSpec spec, int prNumber, string sha, string? prUrl, DateTimeOffset updatedAt,
        bool isApproved = false, string? commits = null)
    {
        var name = ReleaseNaming.NameOf(prNumber);
        // By name, as drift is reported.
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        if (isApproved)
            annotations.Add(OwnerLabels.ApprovedShaAnnotation, sha);
        if (commits is not null)
            annotations.Add(OwnerLabels.CommitsAnnotation, commits);
        annotations.Add(OwnerLabels.HeadShaAnnotation, sha);
        if (prUrl is not null)
            annotations.Add(OwnerLabels.PrUrlAnnotation, prUrl);
        annotations.Add(OwnerLabels.UpdatedAtAnnotation, updatedAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
        return new DesiredRelease
        {
            Key = new ResourceKey(spec.DestinationNamespace, name),
            Labels = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [OwnerLabels.ManagedBy] = OwnerLabels.Manager,
                [OwnerLabels.Name] = resource.Metadata.Name,
                [OwnerLabels.Namespace] = resource.Metadata.Namespace,
                [OwnerLabels.PrNumber] = prNumber.ToString(CultureInfo.InvariantCulture),
                [OwnerLabels.Uid] = resource.Metadata.Uid,
            },
            Annotations = annotations,
            Spec = new HelmReleaseSpec
            {
                Interval = Interval,
                ReleaseName = name,
                ServiceAccountName = spec.ServiceAccountName,
                Chart = new HelmChartTemplate
                {
                    Spec = new HelmChartTemplateSpec
                    {
                        Chart = spec.Chart.Path,
                        Version = spec.Chart.Version,
                        SourceRef = new SourceReference
                        {
                            Kind = SourceKind,
                            Name = spec.Chart.SourceName,
                            Namespace = spec.Chart.SourceNamespace,
                        },
                    },
                },
                ValuesText = ReleaseValues.Write(prNumber, sha),
            },
        };
    }

    /// <summary>
    /// Has <see cref="For"/>'s release no <see cref="SpecDrift"/> and no <see cref="MetadataDrift"/>? Nearly every release is as it should
    /// be at nearly every check: this is found out without creating one to compare with.
    /// </summary>
    public static bool IsAsDesired(
        PREphemeralEnvController resource, EnvironmentSpec spec, int prNumber, string sha, string? prUrl, HelmRelease observed,
        bool isApproved = false)
    {
        var (meta, have, chart, values) = (observed.Metadata, observed.Spec, observed.Spec.Chart?.Spec, ReleaseValues.Read(observed.Spec));
        return values.PrNumber == prNumber
            && values.PrSha == sha
            && have.Interval == Interval
            && have.ReleaseName is { } name && ReleaseNaming.PrNumberOf(name) == prNumber
            && (spec.ServiceAccountName is null || have.ServiceAccountName == spec.ServiceAccountName)
            && chart?.Chart == spec.Chart.Path
            && chart.Version == spec.Chart.Version
            && chart.SourceRef is { Kind: SourceKind } source
            && source.Name == spec.Chart.SourceName
            && source.Namespace == spec.Chart.SourceNamespace
            && Ownership.PrNumberIfOwned(observed, resource) == prNumber
            && meta.Label(OwnerLabels.ManagedBy) == OwnerLabels.Manager
            && meta.Annotation(OwnerLabels.HeadShaAnnotation) == sha
            && (!isApproved || meta.Annotation(OwnerLabels.ApprovedShaAnnotation) == sha)
            && (prUrl is null || meta.Annotation(OwnerLabels.PrUrlAnnotation) == prUrl)
            && UpdatedAt(observed) is not null;
    }

    /// <summary>
    /// The fields of the spec that differ, by their paths; empty when nothing does. Fields that are not owned are not compared, and
    /// neither are values that others added: server-side apply would not remove them.
    /// </summary>
    public static ImmutableArray<string> SpecDrift(DesiredRelease desired, HelmRelease observed)
    {
        ImmutableArray<string> drift = [];
        var (want, have) = (desired.Spec, observed.Spec);
        Compare("spec.interval", want.Interval, have.Interval);
        Compare("spec.releaseName", want.ReleaseName, have.ReleaseName);
        if (want.ServiceAccountName is not null)
            Compare("spec.serviceAccountName", want.ServiceAccountName, have.ServiceAccountName);
        var (wantChart, haveChart) = (want.Chart!.Spec, have.Chart?.Spec);
        Compare("spec.chart.spec.chart", wantChart.Chart, haveChart?.Chart);
        Compare("spec.chart.spec.version", wantChart.Version, haveChart?.Version);
        Compare("spec.chart.spec.sourceRef.kind", wantChart.SourceRef!.Kind, haveChart?.SourceRef?.Kind);
        Compare("spec.chart.spec.sourceRef.name", wantChart.SourceRef.Name, haveChart?.SourceRef?.Name);
        Compare("spec.chart.spec.sourceRef.namespace", wantChart.SourceRef.Namespace, haveChart?.SourceRef?.Namespace);
        var (wantValues, haveValues) = (ReleaseValues.Read(want), ReleaseValues.Read(have));
        if (wantValues.PrNumber != haveValues.PrNumber)
            drift = drift.Add("spec.values.prNumber");
        Compare("spec.values.prSHA", wantValues.PrSha, haveValues.PrSha);
        return drift;

        void Compare(string path, string? wanted, string? found)
        {
            if (wanted != found)
                drift = drift.Add(path);
        }
    }

    /// <summary>The labels and annotations that differ, except the time of the last update and the commits before it.</summary>
    public static ImmutableArray<string> MetadataDrift(DesiredRelease desired, HelmRelease observed)
    {
        ImmutableArray<string> drift = [];
        foreach (var (name, value) in desired.Labels)
        {
            if (observed.Metadata.Label(name) != value)
                drift = drift.Add("metadata.labels." + name);
        }

        foreach (var (name, value) in desired.Annotations)
        {
            if (name == OwnerLabels.CommitsAnnotation)
                continue;
            if (name == OwnerLabels.UpdatedAtAnnotation ? UpdatedAt(observed) is null : observed.Metadata.Annotation(name) != value)
                drift = drift.Add("metadata.annotations." + name);
        }

        return drift;
    }

    /// <summary>When the controller last created or changed it; null if the annotation is missing or not a valid time.</summary>
    public static DateTimeOffset? UpdatedAt(HelmRelease release) =>
        // The exact format only: where a manual edit left the date out, a lenient parser would assume today's.
        DateTimeOffset.TryParseExact(
            release.Metadata.Annotation(OwnerLabels.UpdatedAtAnnotation), TimeFormat, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;
}
