using PrEnv.Core.LeaderElection;

namespace PrEnv.Controller.Leadership;

/// <summary>Lets the work be done by one process at a time, or trusts that there is but one.</summary>
internal interface ILeadership : IWriteFence
{
    /// <summary>
    /// What is wrong and will not get better without a restart, in a sentence; null when all is well. Answers at once and does not throw.
    /// </summary>
    string? Problem { get; }

    /// <summary>
    /// Does the work once this process leads, and gives the leadership back when the work has completed. Once only.
    /// </summary>
    /// <param name="work">Its token is cancelled when the leadership is lost. It has to know of <paramref name="stop"/> by itself.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <exception cref="LeadershipLostException">Lost while the work went on; the process has to end.</exception>
    Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stop);
}
