using PrEnv.Core.Queueing;

namespace PrEnv.Core.Reconciling;

/// <summary>The one place that turns the end of a reconcile into the queue's next step.</summary>
internal static class ReconcileOutcome
{
    /// <summary>Decides when the held key is added again, and always releases it.</summary>
    public static void Apply<TKey>(RateLimitingQueue<TKey> queue, WorkItem<TKey> item, ReconcileResult result)
        where TKey : notnull
    {
        var key = item.Key;
        try
        {
            switch (result.Kind)
            {
                case ReconcileResultKind.Error:
                    // A retry is as urgent as what failed.
                    queue.AddRateLimited(key, item.Priority);
                    break;
                case ReconcileResultKind.TerminalError:
                    // The failures still count: if a change adds the key again, it is still failing.
                    break;
                case ReconcileResultKind.RequeueAfter:
                    // Forget first: a requested delay is not a failure, and must not grow. Low: nothing has happened, and a change that
                    // occurs meanwhile takes its place.
                    queue.Forget(key);
                    queue.AddAfter(key, result.Delay, KeyPriority.Low);
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
