using PrEnv.Controller.Cluster;
using PrEnv.Controller.Kubernetes.Releases;

namespace PrEnv.Controller.Reporting;

/// <summary>Notes on the HelmReleases what was reported, so that a restart reports nothing twice.</summary>
internal sealed class ReportNotes(IReleaseApplier applier, IClusterView cluster)
{
    /// <summary>Writes what a release does not bear yet. False when a write failed: it is tried again.</summary>
    /// <param name="annotation">Where.</param>
    /// <param name="notes">By number of the pull request: the annotation's values.</param>
    /// <param name="job">Knows the releases and what was noted before.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<bool> RecordAsync(
        string annotation, IEnumerable<KeyValuePair<int, string>> notes, ReportJob job, CancellationToken cancellationToken)
    {
        var all = true;
        foreach (var (number, value) in notes)
        {
            if (!job.Releases.TryGetValue(number, out var release) || release.Metadata.Annotation(annotation) == value)
                continue;
            var uid = release.Metadata.Uid;
            // The job's release may be older than the last note.
            if (job.Memory.Noted.TryGetValue((uid, annotation), out var noted) && noted == value)
                continue;
            var result = await applier.NoteAsync(release.Metadata.Key, uid, annotation, value, cancellationToken);
            if (result.Object is { } written)
                cluster.Remember(written);
            // An object that is gone, or another one by now, has nothing to remember.
            if (result.Succeeded || result.Failure is { IsNotFound: true } or { IsConflict: true })
                job.Memory.Noted[(uid, annotation)] = value;
            else
                all = false;
        }

        return all;
    }
}
