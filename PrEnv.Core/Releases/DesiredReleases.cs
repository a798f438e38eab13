using System.Collections.Immutable;
using System.Globalization;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;
using PrEnv.Core.Texts;

namespace PrEnv.Core.Releases;

/// <summary>What the HelmRelease of a pull request should be, and how an existing one differs from it.</summary>
public static class DesiredReleases
{
    // What GitHub allows for a branch's name fits.
    private const int MaxAnnotation = 512;

    internal const string AsleepPath = "metadata.annotations." + OwnerLabels.AsleepAnnotation;

    /// <summary>The release that installs one commit of one pull request.</summary>
    /// <param name="wish">What it is made from.</param>
    /// <param name="updatedAt">When the controller last created or changed it.</param>
    /// <param name="commits">What is noted of the commits before it, see <see cref="ReleaseCommits"/>; null: nothing.</param>
    public static DesiredRelease For(ReleaseWish wish, DateTimeOffset updatedAt, string? commits = null)
    {
        var (resource, template, pullRequest) = (wish.Resource, wish.Template, wish.PullRequest);
        var spec = template.Render(pullRequest);
        return new DesiredRelease
        {
            Key = new ResourceKey(template.Spec.DestinationNamespace, ReleaseNaming.NameOf(pullRequest.Number)),
            Labels = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [OwnerLabels.ManagedBy] = OwnerLabels.Manager,
                [OwnerLabels.Name] = resource.Metadata.Name,
                [OwnerLabels.Namespace] = resource.Metadata.Namespace,
                [OwnerLabels.PrNumber] = pullRequest.Number.ToString(CultureInfo.InvariantCulture),
                [OwnerLabels.Uid] = resource.Metadata.Uid,
            },
            Annotations = AnnotationsOf(wish, updatedAt, commits),
            Spec = template.HasDefaults ? template.RenderWithDefaults(pullRequest) : spec,
            Wish = spec,
        };
    }

    /// <summary>
    /// The same release, of which only labels and annotations are to change: defaults that the existing one lacks are left out. With them,
    /// it would get a new generation, and nothing that Flux has said would be of that.
    /// </summary>
    internal static DesiredRelease ForMetadata(DesiredRelease desired, HelmRelease observed) =>
        SpecDifference.Of(desired.Spec, observed.Spec).IsEmpty ? desired : desired with { Spec = desired.Wish };

    /// <summary>
    /// Has <see cref="For"/>'s release no <see cref="SpecDrift"/> and no <see cref="MetadataDrift"/>? Nearly every release is as it should
    /// be at nearly every check: this is found out without creating one to compare with.
    /// </summary>
    public static bool IsAsDesired(ReleaseWish wish, HelmRelease observed)
    {
        var (meta, number, sha) = (observed.Metadata, wish.PullRequest.Number, wish.PullRequest.HeadSha);
        return Ownership.PrNumberIfOwned(observed, wish.Resource) == number
            && meta.Label(OwnerLabels.ManagedBy) == OwnerLabels.Manager
            && meta.Annotation(OwnerLabels.HeadShaAnnotation) == sha
            && meta.Annotation(OwnerLabels.FieldsAnnotation) == wish.Template.Shape
            && (!wish.IsApproved || meta.Annotation(OwnerLabels.ApprovedShaAnnotation) == sha)
            && (wish.Activity is null || meta.Annotation(OwnerLabels.ActivityAnnotation) == wish.Activity.ToString())
            && meta.Annotation(OwnerLabels.AsleepAnnotation) == Written(wish.AsleepSince)
            && (wish.PageUrl is null || meta.Annotation(OwnerLabels.PrUrlAnnotation) == wish.PageUrl)
            && EnvironmentNamespaces.NameOf(observed) == wish.Template.Namespace
            && UpdatedAt(observed) is not null
            && KnownMatches.IsAsRendered(wish.Template, wish.PullRequest, observed.Spec);
    }

    /// <summary>
    /// The fields of the spec that differ, by their paths; empty when nothing does. What is not wished for is not compared, with one
    /// exception: <c>spec</c> itself is named when a field was wished for before and is no more.
    /// </summary>
    public static ImmutableArray<string> SpecDrift(DesiredRelease desired, HelmRelease observed)
    {
        var drift = SpecDifference.Of(desired.Wish, observed.Spec);
        return observed.Metadata.Annotation(OwnerLabels.FieldsAnnotation) is { } before
            && before != desired.Annotations.GetValueOrDefault(OwnerLabels.FieldsAnnotation)
            ? drift.Add("spec")
            : drift;
    }

    /// <summary>
    /// The labels and annotations that differ, except the time of the last update, the commits before it, and what only Flux's alerts
    /// read: that is written together with the rest.
    /// </summary>
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
            if (name == OwnerLabels.CommitsAnnotation || name.StartsWith(OwnerLabels.FluxEvent, StringComparison.Ordinal))
                continue;
            // Another one is drift of the spec.
            if (name == OwnerLabels.FieldsAnnotation && observed.Metadata.Annotation(name) is not null)
                continue;
            if (name == OwnerLabels.UpdatedAtAnnotation ? UpdatedAt(observed) is null : observed.Metadata.Annotation(name) != value)
                drift = drift.Add("metadata.annotations." + name);
        }

        // It says by its absence that the environment is awake.
        return observed.Metadata.Annotation(OwnerLabels.AsleepAnnotation) is not null
            && !desired.Annotations.ContainsKey(OwnerLabels.AsleepAnnotation)
            ? drift.Add(AsleepPath)
            : drift;
    }

    /// <summary>When the controller last created or changed it; null if the annotation is missing or not a valid time.</summary>
    public static DateTimeOffset? UpdatedAt(HelmRelease release) => release.Notes.UpdatedAt;

    /// <summary>Since when the environment has been asleep; null if the annotation is missing or not a valid time.</summary>
    public static DateTimeOffset? AsleepSince(HelmRelease release) => release.Notes.AsleepSince;

    /// <summary>
    /// What applying it changes of the existing one, with the values: what <see cref="SpecDrift"/> and <see cref="MetadataDrift"/> name.
    /// <c>spec</c> without values stands for fields that are no longer wished for.
    /// </summary>
    public static ImmutableArray<FieldChange> Changes(DesiredRelease desired, HelmRelease observed)
    {
        var fields = SpecDifference.Changes(desired.Wish, observed.Spec);
        var changes = ImmutableArray.CreateBuilder<FieldChange>();
        changes.AddRange(fields);
        if (SpecDrift(desired, observed).Length > fields.Length)
            changes.Add(new FieldChange("spec", null, null));
        const string Labels = "metadata.labels.", Annotations = "metadata.annotations.";
        foreach (var path in MetadataDrift(desired, observed))
        {
            changes.Add(path.StartsWith(Labels, StringComparison.Ordinal) && path[Labels.Length..] is var label
                ? FieldChange.OfText(path, observed.Metadata.Label(label), desired.Labels.GetValueOrDefault(label))
                : FieldChange.OfText(
                    path, observed.Metadata.Annotation(path[Annotations.Length..]),
                    desired.Annotations.GetValueOrDefault(path[Annotations.Length..])));
        }

        return changes.ToImmutable();
    }

    private static string? Written(DateTimeOffset? time) => time is { } at ? Timestamp.Format(at) : null;

    // By name, as drift is reported.
    private static SortedDictionary<string, string> AnnotationsOf(ReleaseWish wish, DateTimeOffset updatedAt, string? commits)
    {
        var pullRequest = wish.PullRequest;
        var annotations = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [OwnerLabels.HeadShaAnnotation] = pullRequest.HeadSha,
            [OwnerLabels.UpdatedAtAnnotation] = Written(updatedAt)!,
            [OwnerLabels.FluxEvent + "change_request"] = pullRequest.Number.ToString(CultureInfo.InvariantCulture),
            [OwnerLabels.FluxEvent + "commit"] = pullRequest.HeadSha,
        };
        Add(OwnerLabels.ApprovedShaAnnotation, wish.IsApproved ? pullRequest.HeadSha : null);
        Add(OwnerLabels.ActivityAnnotation, wish.Activity?.ToString());
        Add(OwnerLabels.AsleepAnnotation, Written(wish.AsleepSince));
        Add(OwnerLabels.CommitsAnnotation, commits);
        Add(OwnerLabels.TargetNamespaceAnnotation, wish.Template.Namespace);
        Add(OwnerLabels.FieldsAnnotation, wish.Template.Shape);
        Add(OwnerLabels.PrUrlAnnotation, wish.PageUrl);
        Add(OwnerLabels.AuthorAnnotation, NotEmpty(pullRequest.Author));
        Add(OwnerLabels.BranchAnnotation, NotEmpty(pullRequest.HeadBranch));
        Add(OwnerLabels.FluxEvent + "preview-url", wish.PreviewUrl);
        return annotations;

        void Add(string name, string? value)
        {
            if (value is not null)
                annotations.Add(name, value);
        }
    }

    private static string? NotEmpty(string text) => Text.Excerpt(text, MaxAnnotation) is { Length: > 0 } value ? value : null;
}
