namespace PrEnv.Core.LeaderElection;

/// <summary>
/// The safety net of the elector: a process that holds a Lease which expired long ago should have exited by itself, and must be stopped.
/// Thread-safe.
/// </summary>
public sealed class LeaseHealth
{
    private readonly LeaderElector _elector;
    private readonly TimeSpan _tolerance;

    /// <param name="elector">The holder of the Lease.</param>
    /// <param name="tolerance">How long after its expiry our own Lease is not a problem yet: the process may be shutting down.</param>
    public LeaseHealth(LeaderElector elector, TimeSpan tolerance)
    {
        _elector = elector;
        _tolerance = tolerance;
    }

    /// <summary>
    /// The problem, or null when there is none: before the start, while another holds the Lease, and while ours is fresh.
    /// </summary>
    public string? Problem => _elector.Claim.Sight.OwnAge is { } age && age > _elector.Options.LeaseDuration + _tolerance
        ? $"Lease {_elector.Claim.Name} was last renewed {(int)age.TotalSeconds} seconds ago and has not been given up"
        : null;
}
