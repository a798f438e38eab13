namespace PrEnv.Controller.Reconcile;

/// <summary>Runs the <see cref="ReportDesk"/> while the process lives.</summary>
internal sealed class ReportService(ReportDesk desk) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => desk.RunAsync(stoppingToken);
}
