namespace PrEnv.Core.Reconciling;

/// <summary>
/// Where a loop reports what it does. Named after controller-runtime's <c>controller_runtime_*</c> metrics. Thread-safe, quick, and must
/// not throw.
/// </summary>
public interface IReconcileMetrics
{
    /// <summary><c>reconcile_total</c> by result, and <c>reconcile_time_seconds</c>.</summary>
    void Reconciled(ReconcileResultKind kind, TimeSpan duration);

    /// <summary><c>reconcile_errors_total</c>: an error, terminal ones included.</summary>
    void Failed();

    /// <summary><c>terminal_reconcile_errors_total</c>.</summary>
    void FailedForGood();

    /// <summary><c>reconcile_panics_total</c>: an exception that indicates a bug; also an error.</summary>
    void Panicked();

    /// <summary><c>reconcile_timeouts_total</c>: ended by the loop's own time limit; also an error.</summary>
    void TimedOut();

    /// <summary><c>active_workers</c>.</summary>
    void SetActiveWorkers(int count);

    /// <summary><c>max_concurrent_reconciles</c>.</summary>
    void SetMaxConcurrent(int count);
}
