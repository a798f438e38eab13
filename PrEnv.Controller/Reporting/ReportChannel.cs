using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Writing;
using PrEnv.Controller.Memory;
using PrEnv.Core.Plans;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reporting;

/// <summary>One kind of report, from what is due to what is remembered.</summary>
internal interface IReportChannel
{
    /// <summary>Reports what a plan says, as far as its actions succeeded. Failures are results.</summary>
    Task<ReportOutcome> ReportAsync(ReportJob job, CancellationToken cancellationToken);
}

/// <summary>
/// The way of every report: what is due, is not known to have been reported and is not known to be refused is written, remembered, and
/// noted on the HelmRelease before the next one.
/// </summary>
/// <typeparam name="TReport">What is reported.</typeparam>
internal abstract class ReportChannel<TReport>(ReportKind kind, string annotation, ReportNotes notes, TimeProvider time) : IReportChannel
    where TReport : class
{
    public async Task<ReportOutcome> ReportAsync(ReportJob job, CancellationToken cancellationToken)
    {
        // What could not be noted before.
        var recorded = await notes.RecordAsync(annotation, Reported(job), job, cancellationToken);
        if (job.Memory.Access is not { } access || (access.Credential.IsAnonymous && !WorksAnonymously))
            return ReportOutcome.Nothing with { Recorded = recorded };
        var outcome = await ReportAsync(job, access, cancellationToken);
        return outcome with { Recorded = recorded && outcome.Recorded };
    }

    /// <summary>Is it tried even without a credential?</summary>
    protected virtual bool WorksAnonymously => false;

    /// <summary>Is the resource well even while the credential may not write this?</summary>
    protected virtual bool IsDispensable => false;

    /// <summary>What the plan wants reported, the most urgent first.</summary>
    protected abstract IEnumerable<DueReport<TReport>> Due(ReportJob job);

    /// <summary>Was that reported while the plan was being made?</summary>
    protected abstract bool IsReported(ResourceMemory memory, DueReport<TReport> due);

    /// <summary>Stands for what is to be written, to recognise what was refused before; null: it is tried in any case.</summary>
    protected abstract string? Identity(TReport report);

    /// <summary>Stands for what it is written to, if that may refuse everything; otherwise null.</summary>
    protected virtual string? Target(TReport report) => null;

    /// <summary>Writes it, and keeps in the memory what was done.</summary>
    protected abstract Task<WriteResult<bool>> WriteAsync(
        RepositoryAccess access, ReportJob job, DueReport<TReport> due, CancellationToken cancellationToken);

    /// <summary>What was reported, as far as it is remembered, by number of the pull request.</summary>
    protected abstract IEnumerable<KeyValuePair<int, IReported>> Reported(ReportJob job);

    /// <summary>The same for one pull request; null when nothing is remembered.</summary>
    protected abstract IReported? Reported(ReportJob job, int number);

    private async Task<ReportOutcome> ReportAsync(ReportJob job, RepositoryAccess access, CancellationToken cancellationToken)
    {
        var (memory, failures, recorded) = (job.Memory, new List<ReportFailure>(), true);
        ReportFailure? forAll = null;
        foreach (var due in Due(job))
        {
            // What a newer plan says is reported next, and the rest of this one not at all.
            if (memory.IsOutdated(job.Plan))
                break;
            if (IsReported(memory, due))
                continue;
            var identity = Identity(due.Report);
            var known = forAll is null
                ? memory.Refusals.Find(kind, due.PrNumber, identity, Target(due.Report), access.Credential.Id, time.GetUtcNow())
                : forAll with { PrNumber = due.PrNumber };
            if (known is not null)
            {
                failures.Add(known);
                continue;
            }

            var result = await WriteAsync(access, job, due, cancellationToken);
            if (Reported(job, due.PrNumber) is { } report)
                recorded &= await notes.RecordAsync(annotation, [KeyValuePair.Create(due.PrNumber, report)], job, cancellationToken);
            if (result is WriteResult<bool>.Deferred deferred)
                return new ReportOutcome(failures, deferred.Until, recorded);
            if (result is not WriteResult<bool>.Failed failed)
                continue;
            var failure = new ReportFailure(due.PrNumber, failed.Message, IsPermanent(failed.Why), kind);
            failures.Add(failure);
            Remember(memory, access, due, identity, failed);
            if (failed.Why.Scope() == FailureScope.Everything)
                forAll = failure;
        }

        return new ReportOutcome(failures, null, recorded);
    }

    private void Remember(
        ResourceMemory memory, RepositoryAccess access, DueReport<TReport> due, string? identity, WriteResult<bool>.Failed failed)
    {
        var refused = failed.Why switch
        {
            WriteFailure.Full => Target(due.Report),
            WriteFailure.Refused => identity,
            _ => null,
        };
        if (refused is not null)
            memory.Refusals.Refuse(kind, due.PrNumber, refused, failed.Message);
        if (failed.Why.Scope() == FailureScope.Kind || failed.Why == WriteFailure.ReadOnly)
            memory.Refusals.Deny(kind, access.Credential.Id, failed.Message, IsPermanent(failed.Why), time.GetUtcNow());
    }

    private bool IsPermanent(WriteFailure why) => why.IsPermanent() || (IsDispensable && why == WriteFailure.Forbidden);
}

/// <summary>One report that is due.</summary>
/// <param name="PrNumber">The pull request.</param>
/// <param name="Report">What is to be reported.</param>
/// <param name="Release">The environment's release after the plan's actions; null when there is none.</param>
internal readonly record struct DueReport<TReport>(int PrNumber, TReport Report, HelmRelease? Release);
