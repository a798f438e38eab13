namespace PrEnv.Core.LeaderElection;

/// <summary>Says whether this process may still change anything outside.</summary>
/// <remarks>
/// Check it right before every write: a process that was paused (a frozen container, a debugger, SIGSTOP) resumes in the
/// middle of a reconcile, before any timer can fire.
/// </remarks>
public interface IWriteFence
{
    /// <summary>
    /// True only while the leadership was renewed less than a renew deadline ago. Only checks the clock; never throws.
    /// </summary>
    bool IsOpen { get; }
}
