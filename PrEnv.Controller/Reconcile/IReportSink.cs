using PrEnv.Controller.Memory;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;

namespace PrEnv.Controller.Reconcile;

/// <summary>Takes over what is to be reported to GitHub, so that no reconcile waits for GitHub. Thread-safe.</summary>
internal interface IReportSink
{
    /// <summary>
    /// Takes over what a plan wants reported, in place of what an older one did. Returns at once, with what is known to have failed of it.
    /// </summary>
    /// <param name="key">The resource.</param>
    /// <param name="snapshot">What the plan was made from.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="results">What came of its actions.</param>
    /// <param name="memory">Of the resource.</param>
    IReadOnlyCollection<ReportFailure> Hand(
        ResourceKey key, Snapshot snapshot, Plan plan, IReadOnlyCollection<ActionResult> results, ResourceMemory memory);

    /// <summary>
    /// For a resource whose environments are gone: how long it should stay until this is asked again, because GitHub has not been told of
    /// all of their ends yet. Null: it may go.
    /// </summary>
    TimeSpan? WaitBeforeTheEnd(ResourceKey key);

    /// <summary>Drops what the resource wanted reported.</summary>
    void Forget(ResourceKey key);
}
