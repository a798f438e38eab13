using Microsoft.Extensions.Options;
using PrEnv.Controller.Client;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Hosting.Cluster;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Controller.Leadership;
using PrEnv.Controller.Options;
using PrEnv.Controller.Probing;
using PrEnv.Controller.Reporting;
using PrEnv.Controller.Startup;
using PrEnv.Core.LeaderElection;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;

namespace PrEnv.Controller.Composition;

/// <summary>
/// What the commands for people work with: the controller's own reading, without anything that runs by itself. Nothing is started.
/// </summary>
internal static class ClientHost
{
    /// <param name="flags">Options from the command line, by name.</param>
    /// <param name="surroundings">Where the process runs.</param>
    /// <param name="mayWrite">False: the fence is closed, and no request that changes anything is sent.</param>
    /// <exception cref="StartupException">There is no usable configuration.</exception>
    /// <exception cref="OptionsValidationException">An option is wrong.</exception>
    public static IHost Create(IReadOnlyDictionary<string, string> flags, Surroundings surroundings, bool mayWrite)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddPrEnvOptions(new OptionSources(flags, surroundings.Variables, SettingsFile.Read(surroundings.SettingsFile)));
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(Random.Shared);
        services.AddSingleton<IWriteFence>(mayWrite ? new AlwaysLeading() : new ClosedFence());
        services.AddSingleton(provider =>
            ClusterResolver.Resolve(provider.GetRequiredService<IOptions<ControllerOptions>>().Value, surroundings));
        services.AddSingleton(provider => provider.GetRequiredService<ClusterConnection>().Configuration);
        services.AddSingleton(provider => provider.GetRequiredService<ClusterConnection>().Impersonation);
        services.AddPrEnvSettings().AddPrEnvKubernetes().AddPrEnvGitHub().AddReading();
        services.AddSingleton<ISecretReader>(
            provider => new SecretReader(provider.GetRequiredService<RawKubernetes>()) { IsPersons = true });
        services.AddSingleton<IProbeSchedule, NoProbes>();
        // Nothing is ever taken from it.
        services.AddSingleton(provider => new RateLimitingQueue<ResourceKey>(
            new ItemExponentialFailureRateLimiter<ResourceKey>(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ClusterReading>();
        services.AddSingleton<IClusterView>(provider => provider.GetRequiredService<ClusterReading>());
        services.AddSingleton<PostedReports>();
        services.AddSingleton<Investigation>();
        services.AddSingleton<ResourceClient>();
        return builder.Build();
    }
}
