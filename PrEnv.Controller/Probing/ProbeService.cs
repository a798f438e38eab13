namespace PrEnv.Controller.Probing;

/// <summary>Runs the <see cref="ProbeScheduler"/> for the lifetime of the process.</summary>
internal sealed class ProbeService(ProbeScheduler scheduler) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => scheduler.RunAsync(stoppingToken);
}
