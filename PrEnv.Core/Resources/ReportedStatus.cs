using System.Text.Json;
using PrEnv.Core.Model;

namespace PrEnv.Core.Resources;

/// <summary>The commit status that was posted last for a release, and for which generation of it.</summary>
/// <param name="Status">As it was posted.</param>
/// <param name="Generation">The release's generation at that time: the same commit may be rolled out again with another chart.</param>
public sealed record ReportedStatus(CommitStatus Status, long Generation) : IReported
{
    /// <summary>Reads the annotation; null if it is missing or not valid.</summary>
    public static ReportedStatus? Read(HelmRelease release) => release.Notes.Reported;

    /// <inheritdoc/>
    public string ToJson() => JsonSerializer.Serialize(this, ResourceJson.Default.ReportedStatus);
}
