using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PrEnv.Controller.Hosting.Endpoints;

/// <summary>
/// <c>/healthz</c>: the process serves requests and no check tagged <see cref="HealthTags.Live"/> fails. <c>/readyz</c>: every check tagged
/// <see cref="HealthTags.Ready"/> passes. Otherwise 503 and a list in the API server's style. The checks run on every request.
/// </summary>
/// <param name="checks">The process's own: an endpoint's server has a separate service provider, without them.</param>
internal sealed class HealthRoutes(HealthCheckService checks)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", LivenessAsync);
        routes.MapGet("/readyz", ReadinessAsync);
    }

    private async Task<IResult> LivenessAsync(CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(check => check.Tags.Contains(HealthTags.Live), cancellationToken);
        var problems = report.Entries.Where(entry => !IsHealthy(entry.Value)).Select(
            entry => $"[-]{entry.Key} {entry.Value.Description}\n");
        return Answer(report, IsHealthy(report) ? "ok\n" : string.Concat(problems) + "not healthy\n");
    }

    private async Task<IResult> ReadinessAsync(CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(check => check.Tags.Contains(HealthTags.Ready), cancellationToken);
        var lines = report.Entries.Select(entry => IsHealthy(entry.Value) ? $"[+]{entry.Key} ok\n" : $"[-]{entry.Key} not ready\n");
        return Answer(report, string.Concat(lines) + (IsHealthy(report) ? "ok\n" : "not ready\n"));
    }

    private static IResult Answer(HealthReport report, string body) =>
        Results.Text(body, statusCode: IsHealthy(report) ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);

    private static bool IsHealthy(HealthReport report) => report.Status == HealthStatus.Healthy;

    private static bool IsHealthy(HealthReportEntry entry) => entry.Status == HealthStatus.Healthy;
}
