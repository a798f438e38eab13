using PrEnv.Core.LeaderElection;

namespace PrEnv.Controller.Leadership;

/// <summary>Ensures that the work is done by one process at a time, or assumes that there is only one.</summary>
internal interface ILeadership : IWriteFence
{
    /// <summary>
    /// A sentence that describes a problem which only a restart can solve; null when there is none. Returns immediately and does not throw.
    /// </summary>
    string? Problem { get; }

    /// <summary>
    /// Does the work once this process is the leader, and releases the leadership when the work has completed. Call it only once.
    /// </summary>
    /// <param name="work">Its token is cancelled when the leadership is lost. It must observe <paramref name="stop"/> itself.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <exception cref="LeadershipLostException">Lost while the work was in progress; the process must exit.</exception>
    Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stop);
}
