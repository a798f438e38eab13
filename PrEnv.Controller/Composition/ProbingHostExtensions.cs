using Microsoft.Extensions.DependencyInjection.Extensions;
using PrEnv.Controller.Probing;

namespace PrEnv.Controller.Composition;

internal static class ProbingHostExtensions
{
    /// <summary>Adds <see cref="ProbeScheduler"/> and runs it. The reconciler sets <see cref="ProbeScheduler.Wake"/>.</summary>
    public static IHostApplicationBuilder AddPrEnvProbing(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton<IHostResolver, SystemHostResolver>();
        builder.Services.AddSingleton<ProbeClients>();
        builder.Services.AddSingleton<ProbeAccess>();
        builder.Services.AddSingleton<IProber, Prober>();
        builder.Services.AddSingleton<ProbeMetrics>();
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<ProbeScheduler>(services));
        builder.Services.AddHostedService<ProbeService>();
        return builder;
    }
}
