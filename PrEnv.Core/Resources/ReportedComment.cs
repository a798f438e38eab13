using System.Text.Json;

namespace PrEnv.Core.Resources;

/// <summary>The comment on a pull request as it was written last.</summary>
/// <param name="Id">GitHub's number of the comment; 0 if GitHub refused to create it.</param>
/// <param name="Key">What it says: see <see cref="Model.CommentReport.Key"/>.</param>
public sealed record ReportedComment(long Id, string Key) : IReported
{
    /// <summary>Reads the annotation; null if it is missing or not valid.</summary>
    public static ReportedComment? Read(HelmRelease release) =>
        AnnotationJson.Read(release, OwnerLabels.CommentAnnotation, ResourceJson.Pooled.ReportedComment)
            is { Key: not null } read
            ? read
            : null;

    /// <inheritdoc/>
    public string ToJson() => JsonSerializer.Serialize(this, ResourceJson.Default.ReportedComment);
}
