namespace PrEnv.Core.LeaderElection;

/// <summary>Observes an election. Called by the elector in order, one call at a time; must be quick and not throw.</summary>
public interface ILeadershipObserver
{
    /// <summary>The leader has changed, to this candidate or another. Never called with an empty name.</summary>
    void NewLeader(string identity);

    /// <summary>This candidate has become the leader.</summary>
    void StartedLeading();

    /// <summary>
    /// This candidate is no longer the leader, or its election has ended without it ever becoming the leader. Called exactly once, and
    /// last.
    /// </summary>
    void StoppedLeading();

    /// <summary>A renewal had to read the Lease first, because the fast path failed.</summary>
    void SlowPathTaken();
}
