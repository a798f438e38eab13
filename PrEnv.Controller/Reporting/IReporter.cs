using PrEnv.Controller.Memory;
using PrEnv.Core.Planning;
using PrEnv.Core.Plans;

namespace PrEnv.Controller.Reporting;

/// <summary>Tells GitHub what a plan says, as far as its actions succeeded. Failures are results.</summary>
internal interface IReporter
{
    Task<ReportOutcome> ReportAsync(
        Snapshot snapshot, Plan plan, IReadOnlyCollection<ActionResult> results, ResourceMemory memory, CancellationToken cancellationToken);
}

/// <summary>All reporters, one after the other; what one may not do does not stop the next.</summary>
internal sealed class Reporters(IEnumerable<IReporter> reporters)
{
    public async Task<ReportOutcome> ReportAsync(
        Snapshot snapshot, Plan plan, IReadOnlyCollection<ActionResult> results, ResourceMemory memory, CancellationToken cancellationToken)
    {
        var all = new ReportOutcome([], null, Recorded: true);
        foreach (var reporter in reporters)
        {
            var one = await reporter.ReportAsync(snapshot, plan, results, memory, cancellationToken);
            var until = all.DeferredUntil is { } first && !(one.DeferredUntil < first) ? first : one.DeferredUntil;
            all = new ReportOutcome([.. all.Failures, .. one.Failures], until, all.Recorded && one.Recorded, all.Progressed || one.Progressed);
        }

        return all;
    }
}
