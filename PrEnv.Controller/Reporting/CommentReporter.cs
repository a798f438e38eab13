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
/// Keeps one comment per pull request. It is looked for before the first one is written, and edited from then on. One that somebody has
/// deleted is written anew when there is something new to say, and not before.
/// </summary>
internal sealed class CommentReporter(ICommentBoard github, ReportLedger ledger, TimeProvider time) : IReporter
{
    public async Task<ReportOutcome> ReportAsync(
        Snapshot snapshot, Plan plan, IReadOnlyCollection<ActionResult> results, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var releases = ReportLedger.Releases(snapshot, plan, results);
        var failures = new List<ReportFailure>();
        DateTimeOffset? deferred = null;
        if (memory.Access is { Credential.IsAnonymous: false } access)
        {
            foreach (var decision in Conclusion.Done(plan, results).Where(d => d.Comment is not null))
            {
                if (memory.IsOutdated(plan)) break;
                var (number, report) = (decision.PrNumber, decision.Comment!);
                // The plan was made while this was being written.
                if (memory.Comments.GetValueOrDefault(number)?.Key == report.Key) continue;
                if (memory.RefusedComments.TryGetValue(number, out var refused) && refused.Key == report.Key)
                {
                    failures.Add(new ReportFailure(number, refused.Message, Permanent: true, ReportKind.Comment));
                    continue;
                }

                if (Denials.Find(memory, ReportKind.Comment, access, time.GetUtcNow()) is { } denied)
                {
                    failures.Add(new ReportFailure(number, denied, Permanent: false, ReportKind.Comment));
                    continue;
                }

                var known = memory.Comments.GetValueOrDefault(number)
                    ?? (releases.TryGetValue(number, out var release) ? ReportedComment.Read(release) : null);
                switch (await WriteAsync(access, number, report, known, cancellationToken))
                {
                    case WriteResult<long>.Done done:
                        memory.Comments[number] = new ReportedComment(done.Value, report.Key);
                        break;
                    case WriteResult<long>.Deferred wait:
                        deferred = wait.Until;
                        break;
                    case WriteResult<long>.Failed failed:
                        failures.Add(new ReportFailure(number, failed.Message, failed.Why.IsPermanent(), ReportKind.Comment));
                        if (failed.Why.IsPermanent()) memory.RefusedComments[number] = (report.Key, failed.Message);
                        if (failed.Why == WriteFailure.Forbidden)
                            Denials.Add(memory, ReportKind.Comment, access, failed.Message, time.GetUtcNow());
                        break;
                }

                if (deferred is not null) break;
            }
        }

        var recorded = await ledger.RecordAsync(
            OwnerLabels.CommentAnnotation, memory.Comments.Select(c => KeyValuePair.Create(c.Key, c.Value.ToJson())), releases, cancellationToken);
        return new ReportOutcome(failures, deferred, recorded);
    }

    private async Task<WriteResult<long>> WriteAsync(
        RepositoryAccess access, int number, CommentReport report, ReportedComment? known, CancellationToken cancellationToken)
    {
        if (known is null)
        {
            var search = await github.FindAsync(access, number, report.Marker, cancellationToken);
            if (search.Problem is { } problem) return new WriteResult<long>.Failed(problem, WriteFailure.Passing);
            if (search.Found is { } found)
            {
                if (found.Body.ReplaceLineEndings("\n").TrimEnd() == report.Body.TrimEnd()) return new WriteResult<long>.Done(found.Id, IsNew: false);
                known = new ReportedComment(found.Id, "");
            }
        }

        if (known is not null)
        {
            var edited = await github.EditAsync(access, known.Id, report.Body, cancellationToken);
            if (edited is not WriteResult<long>.Failed { Why: WriteFailure.NotFound }) return edited;
            // Deleted by hand. Of an environment that goes there is nothing more to say.
            if (!report.MayCreate) return new WriteResult<long>.Done(known.Id, IsNew: false);
        }

        return report.MayCreate
            ? await github.CreateAsync(access, number, report.Body, cancellationToken)
            : new WriteResult<long>.Done(0, IsNew: false);
    }
}
