using k8s;
using Microsoft.Extensions.Options;
using PrEnv.Controller.Hosting.Cluster;
using PrEnv.Controller.Options;
using PrEnv.Controller.Startup;

namespace PrEnv.Controller.Composition;

internal static class ClusterHostExtensions
{
    /// <summary>Adds <see cref="KubernetesClientConfiguration"/>, and the check that its server answers.</summary>
    public static IHostApplicationBuilder AddPrEnvCluster(this IHostApplicationBuilder builder, Surroundings surroundings)
    {
        builder.Services.AddSingleton(
            services => ClusterResolver.Resolve(services.GetRequiredService<IOptions<ControllerOptions>>().Value, surroundings));
        builder.Services.AddSingleton(services => services.GetRequiredService<ClusterConnection>().Configuration);
        builder.Services.AddSingleton(services => services.GetRequiredService<ClusterConnection>().Impersonation);
        builder.Services.AddHostedService<StartupBanner>();
        builder.Services.AddHostedService<ClusterCheck>();
        return builder;
    }
}
