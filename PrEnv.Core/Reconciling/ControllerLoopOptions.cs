namespace PrEnv.Core.Reconciling;

/// <summary>How a <see cref="ControllerLoop{TKey}"/> works.</summary>
public sealed record ControllerLoopOptions
{
    /// <summary>Names the loop in logs.</summary>
    public string Name { get; init; } = "controller";

    /// <summary>The number of keys that are reconciled concurrently. Default and minimum 1.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>How long the caches may take to sync before the loop gives up; null for no limit. Default 2 minutes.</summary>
    public TimeSpan? SyncTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long one reconcile may take before it is cancelled; null (the default) for no limit.</summary>
    public TimeSpan? ReconcileTimeout { get; init; }

    /// <summary>
    /// How long reconciles in progress may continue after the stop before they are cancelled. Default 30 s; zero cancels immediately.
    /// </summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
