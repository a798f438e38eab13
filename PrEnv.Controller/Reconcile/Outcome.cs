using PrEnv.Controller.Memory;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Reconciling;

namespace PrEnv.Controller.Reconcile;

/// <summary>The one place where what came of a reconcile becomes the time of the next.</summary>
internal static class Outcome
{
    // A deadline that has just passed must not make a worker spin.
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// A write that failed -> the queue's back-off. GitHub says wait -> exactly that long, not counted as a failure.
    /// Done -> when GitHub is due again. Nothing to do until something changes -> no next time.
    /// </summary>
    public static ReconcileResult Map(
        Plan plan, IReadOnlyCollection<ActionResult> results, Snapshot snapshot, ListingMemory? listing,
        ReadOnlySpan<DateTimeOffset?> questions, DateTimeOffset now)
    {
        var failed = results.FirstOrDefault(r => !r.Succeeded);
        if (failed is not null)
            return ReconcileResult.Failed(new ApiStatusException(failed.Failure!));
        // A listing kept from before does not call for a next look at a resource that is at rest.
        if (plan.KeepsEnvironments && plan.NextCheck is null)
            return ReconcileResult.Done;
        // GitHub is not asked about a resource that is being deleted: no listing is due any more.
        var listingDue = snapshot.Listing is null ? null : listing?.Due;
        return Earliest([listingDue, plan.NextCheck, .. questions]) is { } next
            ? ReconcileResult.RequeueAfter(next - now > Soonest ? next - now : Soonest)
            : ReconcileResult.Done;
    }

    private static DateTimeOffset? Earliest(params ReadOnlySpan<DateTimeOffset?> times)
    {
        DateTimeOffset? earliest = null;
        foreach (var time in times)
        {
            if (time is { } at && (earliest is null || at < earliest))
                earliest = at;
        }

        return earliest;
    }
}
