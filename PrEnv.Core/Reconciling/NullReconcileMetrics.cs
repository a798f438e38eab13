namespace PrEnv.Core.Reconciling;

/// <summary>Reports nothing.</summary>
internal sealed class NullReconcileMetrics : IReconcileMetrics
{
    /// <summary>The only instance.</summary>
    public static readonly NullReconcileMetrics Instance = new();

    private NullReconcileMetrics()
    {
    }

    /// <inheritdoc/>
    public void Reconciled(ReconcileResultKind kind, TimeSpan duration)
    {
    }

    /// <inheritdoc/>
    public void Failed()
    {
    }

    /// <inheritdoc/>
    public void FailedForGood()
    {
    }

    /// <inheritdoc/>
    public void Panicked()
    {
    }

    /// <inheritdoc/>
    public void TimedOut()
    {
    }

    /// <inheritdoc/>
    public void SetActiveWorkers(int count)
    {
    }

    /// <inheritdoc/>
    public void SetMaxConcurrent(int count)
    {
    }
}
