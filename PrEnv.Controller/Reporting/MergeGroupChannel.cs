using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Statuses;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reporting;

/// <summary>
/// Posts on the head commits of merge groups what the heads of their pull requests show, so that a required context does not block the
/// merge queue.
/// </summary>
internal sealed class MergeGroupChannel(ICommitStatusReporter github, ReportNotes notes, TimeProvider time)
    : ReportChannel<CommitStatus>(ReportKind.MergeGroup, OwnerLabels.ReportedAnnotation, notes, time)
{
    /// <summary>Does GitHub show it?</summary>
    public static bool IsPosted(CommitStatus status, StatusReading reading) => reading.Known && status.TellsTheSameAs(reading.Status);

    protected override IEnumerable<DueReport<CommitStatus>> Due(ReportJob job)
    {
        var due = Conclusion.ForMergeGroups(job.Snapshot, job.Plan, job.Results);
        job.Memory.KeepMergeGroups(MergeGroups.Of(job.Snapshot.Resource.Metadata, job.Snapshot.Now));
        return due.Select(status => new DueReport<CommitStatus>(status.PrNumber, status.Status, null));
    }

    protected override bool IsReported(ResourceMemory memory, DueReport<CommitStatus> due) =>
        due.Report.TellsTheSameAs(memory.MergeGroupStatuses.GetValueOrDefault(due.Report.Sha));

    protected override string Identity(CommitStatus report) =>
        string.Join('\n', report.Sha, report.Context, report.State, report.Reason, report.TargetUrl);

    protected override string Target(CommitStatus report) => string.Join('\n', report.Sha, report.Context);

    protected override async Task<WriteResult<bool>> WriteAsync(
        RepositoryAccess access, ReportJob job, DueReport<CommitStatus> due, CancellationToken cancellationToken)
    {
        var (status, known) = (due.Report, job.Memory.MergeGroupStatuses);
        // A process that died since may have posted it.
        if (!known.ContainsKey(status.Sha))
        {
            var reading = await github.ReadAsync(access, status.Sha, status.Context, cancellationToken);
            if (IsPosted(status, reading))
            {
                known[status.Sha] = status;
                return new WriteResult<bool>.Done(true, IsNew: false);
            }
        }

        var result = await github.PostAsync(access, status, cancellationToken);
        if (result is WriteResult<CommitStatus>.Done)
            known[status.Sha] = status;
        else if (result is WriteResult<CommitStatus>.Failed { Why: var why } && !why.IsPermanent())
            known.TryRemove(status.Sha, out _);
        return result.Map(_ => true);
    }

    // The groups are noted on the resource, and what was posted is read back from GitHub.
    protected override IEnumerable<KeyValuePair<int, IReported>> Reported(ReportJob job) => [];

    protected override IReported? Reported(ReportJob job, int number) => null;
}
