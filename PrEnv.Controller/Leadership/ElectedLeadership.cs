using PrEnv.Core.LeaderElection;

namespace PrEnv.Controller.Leadership;

/// <summary>By a Lease: see <see cref="LeaderElector"/>.</summary>
/// <param name="elector">This process's candidate.</param>
/// <param name="events">Publishes changes of the leadership in the cluster.</param>
internal sealed class ElectedLeadership(LeaderElector elector, LeaseEvents events) : ILeadership, IDisposable
{
    // The same as Kubernetes' own controllers.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(20);

    private readonly LeaseHealth _health = new(elector, Tolerance);

    public bool IsOpen => elector.IsOpen;

    public string? Problem => _health.Problem;

    public Task RunAsync(Func<CancellationToken, Task> work, CancellationToken stop) =>
        elector.RunAsync(lost => TellAndWorkAsync(work, lost), stop);

    public void Dispose() => events.Dispose();

    private async Task TellAndWorkAsync(Func<CancellationToken, Task> work, CancellationToken lost)
    {
        var telling = events.PublishAsync("became leader", lost);
        await work(lost);
        await telling;
        if (!lost.IsCancellationRequested)
            await events.PublishAsync("stopped leading", lost);
    }
}
