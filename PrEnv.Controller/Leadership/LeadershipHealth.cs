using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace PrEnv.Controller.Leadership;

/// <summary>Fails when the leadership has a problem that only a restart solves.</summary>
internal sealed class LeadershipHealth(ILeadership leadership) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(leadership.Problem is { } problem ? HealthCheckResult.Unhealthy(problem) : HealthCheckResult.Healthy());
}
