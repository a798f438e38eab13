using PrEnv.Controller.Cluster;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Statuses;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Controller.Kubernetes.Releases;
using PrEnv.Controller.Memory;
using PrEnv.Core.Environments;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reporting;

/// <summary>
/// Posts commit statuses, each once. What was posted is kept on the HelmRelease; between the post and that write a process may die, so a
/// status of a commit that this process did not roll out itself is first looked up.
/// </summary>
internal sealed class StatusReporter(ICommitStatusReporter github, IReleaseApplier applier, IClusterView cluster) : IReporter
{
    public async Task<ReportOutcome> ReportAsync(
        Snapshot snapshot, Plan plan, IReadOnlyCollection<ActionResult> results, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var releases = Releases(snapshot, results);
        var recorded = await RecordAsync(releases.Values, memory, cancellationToken);
        if (memory.Listing?.Access is not { } access) return new ReportOutcome([], null, recorded);

        var progressed = false;
        var failures = new List<ReportFailure>();
        // The verdicts that people wait for go before the news that work has begun.
        foreach (var decision in Conclusion.Reportable(plan, results).OrderBy(d => d.Report!.State == CommitState.Pending).ThenBy(d => d.PrNumber))
        {
            // What a newer plan says is reported next, and this not at all.
            if (memory.IsOutdated(plan)) break;
            var release = decision.Release is { } key ? releases.GetValueOrDefault(key) : null;
            if (release is null && decision.Release is not null) continue;
            var (uid, status) = (release?.Metadata.Uid ?? ResourceMemory.NumberKey(decision.PrNumber), decision.Report!);
            // The plan was made while this was being posted.
            var posted = release is null
                ? memory.ReportedWithoutRelease.GetValueOrDefault(decision.PrNumber)
                : memory.Posted.GetValueOrDefault(uid)?.Status.Status;
            if (status.TellsTheSameAs(posted)) continue;
            if (memory.Refused.TryGetValue(uid, out var refused) && status.TellsTheSameAs(refused.Status))
            {
                failures.Add(new ReportFailure(decision.PrNumber, refused.Message, Permanent: true));
                continue;
            }

            switch (await PostAsync(access, uid, status, release, memory, cancellationToken))
            {
                case WriteResult<CommitStatus>.Done when release is null:
                    memory.ReportedWithoutRelease[decision.PrNumber] = status;
                    progressed = true;
                    break;
                case WriteResult<CommitStatus>.Done:
                    memory.Posted[uid] = new PostedStatus(new ReportedStatus(status, release!.Metadata.Generation), Recorded: false);
                    recorded &= await RecordAsync([release], memory, cancellationToken);
                    progressed = true;
                    break;
                case WriteResult<CommitStatus>.Failed failed:
                    if (failed.Why.IsPermanent()) memory.Refused[uid] = new RefusedStatus(status, failed.Message);
                    failures.Add(new ReportFailure(decision.PrNumber, failed.Message, failed.Why.IsPermanent()));
                    break;
                case WriteResult<CommitStatus>.Deferred deferred:
                    return new ReportOutcome(failures, deferred.Until, recorded, progressed);
            }
        }

        return new ReportOutcome(failures, null, recorded, progressed);
    }

    private async Task<WriteResult<CommitStatus>> PostAsync(
        RepositoryAccess access, string uid, CommitStatus status, HelmRelease? release, ResourceMemory memory, CancellationToken cancellationToken)
    {
        if (!memory.RolledOut.ContainsKey((uid, status.Sha)))
        {
            var reading = await github.ReadAsync(access, status.Sha, status.Context, cancellationToken);
            if (reading.Known && (status.TellsTheSameAs(reading.Status) || IsOlderNews(status, release, reading.Status))) return new WriteResult<CommitStatus>.Done(status, IsNew: false);
        }

        var result = await github.PostAsync(access, status, cancellationToken);
        // From here on this process knows what GitHub has, unless the answer was lost.
        if (result is WriteResult<CommitStatus>.Done) memory.RolledOut[(uid, status.Sha)] = true;
        if (result is WriteResult<CommitStatus>.Failed { Why: not WriteFailure.Refused }) memory.RolledOut.TryRemove((uid, status.Sha), out _);
        return result;
    }

    // A process that died had told the outcome already, and could not write that down: that work has begun is no news after that.
    private static bool IsOlderNews(CommitStatus status, HelmRelease? release, CommitStatus? posted) =>
        status.State == CommitState.Pending
        && posted is not null && posted.State != CommitState.Pending
        && release is not null && ReleaseValues.Read(release.Spec).PrSha == status.Sha;

    private async Task<bool> RecordAsync(IEnumerable<HelmRelease> releases, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var all = true;
        foreach (var release in releases)
        {
            if (!memory.Posted.TryGetValue(release.Metadata.Uid, out var posted) || posted.Recorded) continue;
            var key = new ResourceKey(release.Metadata.Namespace, release.Metadata.Name);
            var result = await applier.RecordReportAsync(key, release.Metadata.Uid, posted.Status, cancellationToken);
            if (result.Object is { } written) cluster.Remember(written);
            // An object that is gone, or another one by now, has nothing to remember.
            var done = result.Succeeded || result.Failure is { IsNotFound: true } or { IsConflict: true };
            if (done) memory.Posted[release.Metadata.Uid] = posted with { Recorded = true };
            all &= done;
        }

        return all;
    }

    private static Dictionary<ResourceKey, HelmRelease> Releases(Snapshot snapshot, IReadOnlyCollection<ActionResult> results)
    {
        var releases = snapshot.Releases
            .Where(r => Ownership.PrNumberIfOwned(r, snapshot.Resource) is not null)
            .ToDictionary(r => new ResourceKey(r.Metadata.Namespace, r.Metadata.Name));
        foreach (var result in results)
        {
            if (result.Object is { } written) releases[result.Action.Release] = written;
        }

        return releases;
    }

    /// <summary>Notes which commits this process has rolled out itself: they bear no older status of ours.</summary>
    public static void NoteRollouts(IReadOnlyCollection<ActionResult> results, ResourceMemory memory)
    {
        foreach (var result in results)
        {
            if (result is not { Object: { } written, Action: PlannedAction.Apply { OnSuccess: not null } apply }) continue;
            if (ReleaseValues.Read(apply.Desired.Spec).PrSha is { } sha) memory.RolledOut[(written.Metadata.Uid, sha)] = true;
        }
    }
}

/// <summary>What came of reporting.</summary>
/// <param name="Failures">What could not be posted.</param>
/// <param name="DeferredUntil">When the rest may be posted; null when nothing waits.</param>
/// <param name="Recorded">False when a release does not bear yet what was posted for it.</param>
/// <param name="Progressed">Was something posted?</param>
internal sealed record ReportOutcome(
    IReadOnlyCollection<ReportFailure> Failures, DateTimeOffset? DeferredUntil, bool Recorded, bool Progressed = false);
