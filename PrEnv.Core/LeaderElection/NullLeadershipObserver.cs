namespace PrEnv.Core.LeaderElection;

/// <summary>Does nothing.</summary>
internal sealed class NullLeadershipObserver : ILeadershipObserver
{
    /// <summary>The only instance.</summary>
    public static readonly NullLeadershipObserver Instance = new();

    private NullLeadershipObserver()
    {
    }

    /// <inheritdoc/>
    public void NewLeader(string identity)
    {
    }

    /// <inheritdoc/>
    public void StartedLeading()
    {
    }

    /// <inheritdoc/>
    public void StoppedLeading()
    {
    }

    /// <inheritdoc/>
    public void SlowPathTaken()
    {
    }
}
