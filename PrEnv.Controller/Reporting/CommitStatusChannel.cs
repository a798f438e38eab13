using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Statuses;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Releases;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reporting;

/// <summary>
/// Posts commit statuses, each once. Between a post and its note on the HelmRelease a process may die, so a status of a commit that this
/// process did not roll out itself is first looked up.
/// </summary>
internal sealed class CommitStatusChannel(ICommitStatusReporter github, ReportNotes notes, TimeProvider time)
    : ReportChannel<CommitStatus>(ReportKind.CommitStatus, OwnerLabels.ReportedAnnotation, notes, time)
{
    // GitHub's refusal tells the operator that a credential is needed.
    protected override bool WorksAnonymously => true;

    /// <summary>Notes which commits this process has rolled out itself: they bear no older status of ours.</summary>
    public static void NoteRollouts(IReadOnlyCollection<ActionResult> results, ResourceMemory memory)
    {
        foreach (var result in results)
        {
            if (result is not { Object: { } written, Action: PlannedAction.Apply { OnSuccess: not null } apply })
                continue;
            if (ReleaseValues.Read(apply.Desired.Spec).PrSha is { } sha)
                memory.RolledOut[(written.Metadata.Uid, sha)] = true;
        }
    }

    /// <summary>Does GitHub show that report already?</summary>
    public static bool IsPosted(DueReport<CommitStatus> due, StatusReading reading) =>
        reading.Known && ((due.Report.Shown ?? due.Report).TellsTheSameAs(reading.Status) || IsOlderNews(due, reading.Status));

    // The verdicts that people wait for go before the news that work has begun.
    protected override IEnumerable<DueReport<CommitStatus>> Due(ReportJob job) =>
        Conclusion.Reportable(job.Plan, job.Results)
            .OrderBy(d => d.Report!.State == CommitState.Pending).ThenBy(d => d.PrNumber)
            .Select(d => (Decision: d, Release: job.ReleaseOf(d)))
            .Where(d => d.Release is not null || d.Decision.Release is null)
            .Select(d => new DueReport<CommitStatus>(d.Decision.PrNumber, d.Decision.Report!, d.Release));

    protected override bool IsReported(ResourceMemory memory, DueReport<CommitStatus> due) => due.Report.TellsTheSameAs(
        due.Release is { } release
            ? memory.Posted.GetValueOrDefault(release.Metadata.Uid)?.Status
            : memory.ReportedWithoutRelease.GetValueOrDefault(due.PrNumber));

    protected override string Identity(CommitStatus report) =>
        report.Shown is { } shown
            ? Identity(shown)
            : string.Join('\n', report.Sha, report.Context, report.State, report.Reason, report.TargetUrl, report.About);

    protected override string Target(CommitStatus report) => string.Join('\n', report.Sha, report.Context);

    protected override async Task<WriteResult<bool>> WriteAsync(
        RepositoryAccess access, ReportJob job, DueReport<CommitStatus> due, CancellationToken cancellationToken)
    {
        var result = await PostAsync(access, job.Memory, due, cancellationToken);
        if (result is not WriteResult<CommitStatus>.Done)
            return result.Map(_ => false);
        if (due.Release is { } release)
            job.Memory.Posted[release.Metadata.Uid] = new ReportedStatus(due.Report, release.Metadata.Generation);
        else
            job.Memory.ReportedWithoutRelease[due.PrNumber] = due.Report;
        return result.Map(_ => true);
    }

    protected override IEnumerable<KeyValuePair<int, IReported>> Reported(ReportJob job) =>
        from release in job.Releases
        let report = Reported(job, release.Key)
        where report is not null
        select KeyValuePair.Create(release.Key, report);

    protected override IReported? Reported(ReportJob job, int number) =>
        job.Releases.TryGetValue(number, out var release) ? job.Memory.Posted.GetValueOrDefault(release.Metadata.Uid) : null;

    private async Task<WriteResult<CommitStatus>> PostAsync(
        RepositoryAccess access, ResourceMemory memory, DueReport<CommitStatus> due, CancellationToken cancellationToken)
    {
        var status = due.Report.Shown ?? due.Report;
        // Another pull request with this head was first to report it.
        if (due.Report.Shown is not null && status.TellsTheSameAs(memory.LastPosted.GetValueOrDefault(status.Sha)))
            return new WriteResult<CommitStatus>.Done(status, IsNew: false);
        var rollout = (due.Release?.Metadata.Uid ?? ResourceMemory.NumberKey(due.PrNumber), status.Sha);
        if (!memory.RolledOut.ContainsKey(rollout))
        {
            var reading = await github.ReadAsync(access, status.Sha, status.Context, cancellationToken);
            if (IsPosted(due, reading))
            {
                memory.LastPosted[status.Sha] = reading.Status!;
                return new WriteResult<CommitStatus>.Done(status, IsNew: false);
            }
        }

        var result = await github.PostAsync(access, status, cancellationToken);
        // From here on this process knows what GitHub has, unless the answer was lost.
        if (result is WriteResult<CommitStatus>.Done)
        {
            memory.RolledOut[rollout] = true;
            memory.LastPosted[status.Sha] = status;
        }

        if (result is WriteResult<CommitStatus>.Failed { Why: var why } && !why.IsPermanent())
        {
            memory.RolledOut.TryRemove(rollout, out _);
            memory.LastPosted.TryRemove(status.Sha, out _);
        }

        return result;
    }

    // A process that died had reported the outcome already, and could not note it: that work has begun is no news after that.
    private static bool IsOlderNews(DueReport<CommitStatus> due, CommitStatus? posted) =>
        due.Report is { State: CommitState.Pending, Shown: null }
        && posted is not null && posted.State != CommitState.Pending
        && due.Release is { } release && ReleaseValues.Read(release.Spec).PrSha == due.Report.Sha;
}
