namespace PrEnv.Core.LeaderElection;

/// <summary>
/// The net below the elector: a process that holds a Lease which ran out long ago should have ended by itself, and has to be ended.
/// Thread-safe.
/// </summary>
public sealed class LeaseHealth
{
    private readonly LeaderElector _elector;
    private readonly TimeSpan _tolerance;

    /// <param name="elector">Whose Lease.</param>
    /// <param name="tolerance">How long after its end a Lease of our own is no problem yet: the process may be on its way out.</param>
    public LeaseHealth(LeaderElector elector, TimeSpan tolerance)
    {
        _elector = elector;
        _tolerance = tolerance;
    }

    /// <summary>A sentence, or null while all is well: before the start, while another holds the Lease, and while ours is fresh.</summary>
    public string? Problem => _elector.Claim.Sight.OwnAge is { } age && age > _elector.Options.LeaseDuration + _tolerance
        ? $"Lease {_elector.Claim.Name} was last renewed {(int)age.TotalSeconds} seconds ago and has not been given up"
        : null;
}
