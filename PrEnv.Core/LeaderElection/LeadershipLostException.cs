namespace PrEnv.Core.LeaderElection;

/// <summary>The leadership was lost while there was work to do. The new leader does that work; this process must exit.</summary>
public sealed class LeadershipLostException : Exception
{
    /// <summary>Creates one.</summary>
    /// <param name="message">Which Lease, and why.</param>
    /// <param name="inner">What the work threw when it was cancelled, if anything.</param>
    public LeadershipLostException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
