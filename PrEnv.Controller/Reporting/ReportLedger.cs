using PrEnv.Controller.Cluster;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reporting;

/// <summary>Keeps on the HelmReleases what was reported, so that a restart reports nothing twice.</summary>
internal sealed class ReportLedger(IReleaseApplier applier, IClusterView cluster)
{
    /// <summary>Writes down what a release does not bear yet. False when a write failed: it is tried again.</summary>
    /// <param name="annotation">Where.</param>
    /// <param name="notes">By number of the pull request: the annotation's values.</param>
    /// <param name="releases">By number; changed to what the server has after the write.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<bool> RecordAsync(
        string annotation, IEnumerable<KeyValuePair<int, string>> notes, Dictionary<int, HelmRelease> releases, CancellationToken cancellationToken)
    {
        var all = true;
        foreach (var (number, value) in notes)
        {
            if (!releases.TryGetValue(number, out var release) || release.Metadata.Annotation(annotation) == value) continue;
            var result = await applier.NoteAsync(release.Metadata.Key, release.Metadata.Uid, annotation, value, cancellationToken);
            if (result.Object is { } written)
            {
                cluster.Remember(written);
                releases[number] = written;
            }

            // An object that is gone, or another one by now, has nothing to remember.
            all &= result.Succeeded || result.Failure is { IsNotFound: true } or { IsConflict: true };
        }

        return all;
    }

    /// <summary>
    /// The resource's releases as they are after the plan's actions, by number. Where there are two, because one was left in a former destination,
    /// it is the one that the plan speaks of.
    /// </summary>
    public static Dictionary<int, HelmRelease> Releases(Snapshot snapshot, Plan plan, IReadOnlyCollection<ActionResult> results)
    {
        var spokenOf = plan.Environments.Where(e => e.Release is not null).ToDictionary(e => e.PrNumber, e => e.Release!.Value);
        var releases = new Dictionary<int, HelmRelease>();
        foreach (var release in snapshot.Releases)
        {
            if (Ownership.PrNumberIfOwned(release, snapshot.Resource) is not { } number) continue;
            if (spokenOf.GetValueOrDefault(number) == release.Metadata.Key) releases[number] = release;
            else releases.TryAdd(number, release);
        }

        foreach (var result in results)
        {
            var number = result.Action.PrNumber;
            if (result.Object is { } written && (!spokenOf.TryGetValue(number, out var key) || key == written.Metadata.Key)) releases[number] = written;
        }

        return releases;
    }
}
