using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace PrEnv.Core.Reconciling;

/// <summary>Runs one reconcile with its time limit, turns any outcome into a result, and counts and logs it.</summary>
internal sealed class ReconcileRunner<TKey>(
    IReconciler<TKey> reconciler, ControllerLoopOptions options, TimeProvider time, ILogger logger, IReconcileMetrics metrics)
    where TKey : notnull
{
    public async Task<ReconcileResult> RunAsync(TKey key, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var result = await InvokeAsync(key, cancellationToken);
        metrics.Reconciled(result.Kind, time.GetElapsedTime(started));
        if (result.Exception is { } exception)
            CountAndLog(key, result.Kind, exception, cancellationToken);
        return result;
    }

    private async Task<ReconcileResult> InvokeAsync(TKey key, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.ReconcileTimeout ?? Timeout.InfiniteTimeSpan, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await reconciler.ReconcileAsync(key, linked.Token);
        }
        catch (TerminalReconcileException exception)
        {
            return ReconcileResult.FailedForGood(exception);
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Only the loop's own limit counts; a time limit inside the reconciler is an error like any other.
            metrics.TimedOut();
            return ReconcileResult.Failed(new TimeoutException($"The reconcile took longer than {options.ReconcileTimeout}.", exception));
        }
        catch (Exception exception)
        {
            if (IsBug(exception))
                metrics.Panicked();
            return ReconcileResult.Failed(exception);
        }
    }

    // What would be a panic in Go: a bug, not an external failure.
    private static bool IsBug(Exception exception) => exception is
        NullReferenceException or IndexOutOfRangeException or InvalidCastException or DivideByZeroException or UnreachableException;

    private void CountAndLog(TKey key, ReconcileResultKind kind, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            Log.Cancelled(logger, options.Name, key);
            return;
        }

        metrics.Failed();
        if (kind == ReconcileResultKind.TerminalError)
        {
            metrics.FailedForGood();
            Log.FailedForGood(logger, exception, options.Name, key);
        }
        else
        {
            Log.Failed(logger, exception, options.Name, key);
        }
    }
}
