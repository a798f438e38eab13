using PrEnv.Controller.Cluster;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Controller.Memory;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reporting;

/// <summary>Notes on the HelmReleases what was reported, so that a restart reports nothing twice.</summary>
internal sealed class ReportNotes(IReleaseApplier applier, IClusterView cluster)
{
    /// <summary>Writes what a release does not bear yet. False when a write failed: it is tried again.</summary>
    /// <param name="annotation">Where.</param>
    /// <param name="reports">What was reported, by number of the pull request.</param>
    /// <param name="job">Knows the releases and what was noted before.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<bool> RecordAsync(
        string annotation, IEnumerable<KeyValuePair<int, IReported>> reports, ReportJob job, CancellationToken cancellationToken)
    {
        var all = true;
        foreach (var (number, report) in reports)
        {
            // The job's release may be older than the last note.
            if (job.Releases.TryGetValue(number, out var release)
                && !report.Equals(job.Memory.Noted.GetValueOrDefault((release.Metadata.Uid, annotation))))
            {
                all &= await RecordAsync(release, annotation, report, job.Memory, cancellationToken);
            }
        }

        return all;
    }

    private async Task<bool> RecordAsync(
        HelmRelease release, string annotation, IReported report, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var (uid, value) = (release.Metadata.Uid, report.ToJson());
        if (release.Metadata.Annotation(annotation) != value)
        {
            var result = await applier.NoteAsync(release.Metadata.Key, uid, annotation, value, cancellationToken);
            if (result.Object is { } written)
                cluster.Remember(written);
            // An object that is gone, or another one by now, has nothing to remember.
            if (!result.Succeeded && result.Failure is not ({ IsNotFound: true } or { IsConflict: true }))
                return false;
        }

        memory.Noted[(uid, annotation)] = report;
        return true;
    }
}
