using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Resources;

/// <summary>What the controller has noted in the annotations of a release, read once. Missing or not valid: null.</summary>
internal sealed class ReleaseNotes(HelmRelease release)
{
    private readonly IReadOnlyDictionary<string, string>? _annotations = release.Metadata.Annotations;

    /// <summary>A state that the controller never posts was not written by it.</summary>
    public ReportedStatus? Reported { get; } =
        AnnotationJson.Read(release, OwnerLabels.ReportedAnnotation, ResourceJson.Pooled.ReportedStatus) is
        {
            Status.State: not CommitState.Error,
        } read
            ? read
            : null;

    public DateTimeOffset? UpdatedAt { get; } = Timestamp.Parse(release.Metadata.Annotation(OwnerLabels.UpdatedAtAnnotation));

    public DateTimeOffset? AsleepSince { get; } = Timestamp.Parse(release.Metadata.Annotation(OwnerLabels.AsleepAnnotation));

    /// <summary>Are they what that release's annotations say? Those are never changed in place.</summary>
    public bool AreOf(HelmRelease other) => ReferenceEquals(_annotations, other.Metadata.Annotations);
}
