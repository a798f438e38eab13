using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Comments;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Controller.Memory;
using PrEnv.Core.Model;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reporting;

/// <summary>
/// Keeps one comment per pull request: an existing one is searched for before one is written, and edited from then on. A comment that a
/// person has deleted is written again once there is something new to say.
/// </summary>
internal sealed class CommentChannel(ICommentWriter github, ReportNotes notes, TimeProvider time)
    : ReportChannel<CommentReport>(ReportKind.Comment, OwnerLabels.CommentAnnotation, notes, time)
{
    /// <summary>Does that comment say it already?</summary>
    public static bool Says(FoundComment found, CommentReport report) =>
        found.Body.ReplaceLineEndings("\n").TrimEnd() == report.Body.TrimEnd();

    protected override IEnumerable<DueReport<CommentReport>> Due(ReportJob job) =>
        Conclusion.Done(job.Plan, job.Results).Where(d => d.Comment is not null)
            .Select(d => new DueReport<CommentReport>(d.PrNumber, d.Comment!, job.Releases.GetValueOrDefault(d.PrNumber)));

    protected override bool IsReported(ResourceMemory memory, DueReport<CommentReport> due) =>
        memory.Comments.GetValueOrDefault(due.PrNumber)?.Key == due.Report.Key;

    protected override string Identity(CommentReport report) => report.Key;

    protected override async Task<WriteResult<bool>> WriteAsync(
        RepositoryAccess access, ReportJob job, DueReport<CommentReport> due, CancellationToken cancellationToken)
    {
        var known = job.Memory.Comments.GetValueOrDefault(due.PrNumber)
            ?? (due.Release is { } release ? ReportedComment.Read(release) : null);
        var result = await WriteAsync(access, due.PrNumber, due.Report, known, cancellationToken);
        if (result is WriteResult<long>.Done done)
            job.Memory.Comments[due.PrNumber] = new ReportedComment(done.Value, due.Report.Key);
        return result.Map(_ => true);
    }

    protected override IEnumerable<KeyValuePair<int, IReported>> Reported(ReportJob job) =>
        job.Memory.Comments.Select(c => KeyValuePair.Create<int, IReported>(c.Key, c.Value));

    protected override IReported? Reported(ReportJob job, int number) => job.Memory.Comments.GetValueOrDefault(number);

    private async Task<WriteResult<long>> WriteAsync(
        RepositoryAccess access, int number, CommentReport report, ReportedComment? known, CancellationToken cancellationToken)
    {
        if (known is not null)
        {
            var edited = await github.EditAsync(access, known.Id, report.Body, cancellationToken);
            if (edited is not WriteResult<long>.Failed { Why: WriteFailure.NotFound })
                return edited;
            // Deleted by hand, or GitHub finds nothing at the moment: the pull request's comments know which.
        }

        var search = await github.FindAsync(access, number, report.Marker, cancellationToken);
        if (search.Problem is { } problem)
            return problem;
        if (search.Found is { } found)
        {
            return known is null && Says(found, report)
                ? new WriteResult<long>.Done(found.Id, IsNew: false)
                : await github.EditAsync(access, found.Id, report.Body, cancellationToken);
        }

        // Of an environment that goes there is nothing more to say.
        return report.MayCreate
            ? await github.CreateAsync(access, number, report.Body, cancellationToken)
            : new WriteResult<long>.Done(known?.Id ?? 0, IsNew: false);
    }
}
