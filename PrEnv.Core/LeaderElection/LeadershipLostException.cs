namespace PrEnv.Core.LeaderElection;

/// <summary>The leadership was lost while there was work to do. Whoever leads now does that work; this process has to end.</summary>
public sealed class LeadershipLostException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="message">Which Lease, and why.</param>
    /// <param name="inner">What the work threw when it was cancelled, if anything.</param>
    public LeadershipLostException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
