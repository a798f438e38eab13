using Microsoft.Extensions.Options;
using PrEnv.Controller.Hosting.Endpoints;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Options;
using Prometheus;

namespace PrEnv.Controller.Composition;

internal static class EndpointsHostExtensions
{
    /// <summary>
    /// Adds <c>/metrics</c>, <c>/healthz</c> and <c>/readyz</c>. They start in the order of registration and stop in reverse: register them
    /// early.
    /// </summary>
    public static IHostApplicationBuilder AddPrEnvEndpoints(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MetricsRegistry>();
        builder.Services.AddSingleton<QueueMetricsFactory>();
        builder.Services.AddSingleton<ReconcileMetricsFactory>();
        builder.Services.AddHealthChecks();
        builder.Services.AddSingleton<HealthRoutes>();
        builder.Services.AddSingleton<ReviewedAccess>();
        builder.Services.AddPrEnvEndpoint(services => new EndpointDefinition(
            "The health endpoint", "health-probe-bind-address", options => options.HealthProbeBindAddress,
            services.GetRequiredService<HealthRoutes>().Map));
        builder.Services.AddPrEnvEndpoint(services => new EndpointDefinition(
            "The metrics endpoint", "metrics-bind-address", options => options.MetricsBindAddress,
            routes => MapMetrics(routes, services)));
        return builder;
    }

    private static void MapMetrics(IEndpointRouteBuilder routes, IServiceProvider services)
    {
        var metrics = routes.MapMetrics("/metrics", services.GetRequiredService<MetricsRegistry>().Collectors);
        if (!services.GetRequiredService<IOptions<ControllerOptions>>().Value.MetricsAuth)
            return;
        var access = services.GetRequiredService<ReviewedAccess>();
        metrics.Add(endpoint => endpoint.RequestDelegate = access.Guard(endpoint.RequestDelegate!));
    }

    /// <summary>Adds one more listening address.</summary>
    public static IServiceCollection AddPrEnvEndpoint(
        this IServiceCollection services, Func<IServiceProvider, EndpointDefinition> define) =>
        services.AddSingleton<IHostedService>(provider => new EndpointServer(define(provider), provider));
}
