namespace PrEnv.Core.Reconciling;

/// <summary>How a <see cref="ControllerLoop{TKey}"/> works.</summary>
public sealed record ControllerLoopOptions
{
    /// <summary>Names the loop in logs.</summary>
    public string Name { get; init; } = "controller";

    /// <summary>How many keys are worked on at once. Default and least 1.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>How long the caches may take to sync before the loop gives up; null: for ever. Default 2 minutes.</summary>
    public TimeSpan? SyncTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long one reconcile may take before it is cancelled; null (the default): as long as it likes.</summary>
    public TimeSpan? ReconcileTimeout { get; init; }

    /// <summary>
    /// How long reconciles in progress may go on after the stop before they are cancelled. Default 30 s; zero cancels at once.
    /// </summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
