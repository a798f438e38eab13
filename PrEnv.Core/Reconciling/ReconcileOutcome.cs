using PrEnv.Core.Queueing;

namespace PrEnv.Core.Reconciling;

/// <summary>The one place that turns the end of a reconcile into the queue's next step.</summary>
internal static class ReconcileOutcome
{
    /// <summary>Decides when the held key comes back, and lets go of it, whatever happens.</summary>
    public static void Apply<TKey>(RateLimitingQueue<TKey> queue, TKey key, ReconcileResult result)
        where TKey : notnull
    {
        try
        {
            switch (result.Kind)
            {
                case ReconcileResultKind.Error:
                    queue.AddRateLimited(key);
                    break;
                case ReconcileResultKind.TerminalError:
                    // The failures stay counted: should a change bring the key back, it is still a failing one.
                    break;
                case ReconcileResultKind.RequeueAfter:
                    // Forget first: a time that was asked for is not a failure, and must not grow.
                    queue.Forget(key);
                    queue.AddAfter(key, result.Delay);
                    break;
                default:
                    queue.Forget(key);
                    break;
            }
        }
        finally
        {
            queue.Done(key);
        }
    }
}
