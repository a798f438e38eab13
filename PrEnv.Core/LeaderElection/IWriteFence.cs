namespace PrEnv.Core.LeaderElection;

/// <summary>Says whether this process may still change the world.</summary>
/// <remarks>
/// To be asked right before every write: a process that was stopped (a frozen container, a debugger, SIGSTOP) and goes on does so in the
/// middle of a reconcile, before any timer has told it that its time is over.
/// </remarks>
public interface IWriteFence
{
    /// <summary>
    /// True only while the leadership was renewed less than a renew deadline ago. Looks at the clock, asks nobody, never throws.
    /// </summary>
    bool IsOpen { get; }
}
