using Microsoft.Extensions.Options;
using PrEnv.Controller.Hosting.Cluster;
using PrEnv.Controller.Hosting.Endpoints;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Controller.Kubernetes.Leases;
using PrEnv.Controller.Leadership;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Options;
using PrEnv.Controller.Startup;
using PrEnv.Core.LeaderElection;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Composition;

internal static class LeadershipHostExtensions
{
    /// <summary>
    /// Adds <see cref="ILeadership"/>, with or without an election as the options say, and with it the fence for all writes. Call it before
    /// adding the adapters that write.
    /// </summary>
    public static IHostApplicationBuilder AddPrEnvLeadership(this IHostApplicationBuilder builder, Surroundings surroundings)
    {
        builder.Services.AddSingleton<ILeadership>(provider =>
            provider.GetRequiredService<IOptions<ControllerOptions>>().Value is var options
            && (options.LeaderElect ?? surroundings.IsInCluster)
                ? Elected(provider, options, surroundings)
                : new AlwaysLeading());
        builder.Services.AddSingleton<IWriteFence>(provider => provider.GetRequiredService<ILeadership>());
        builder.Services.AddHealthChecks().AddCheck<LeadershipHealth>("leader-election", tags: [HealthTags.Live]);
        return builder;
    }

    private static ElectedLeadership Elected(IServiceProvider provider, ControllerOptions options, Surroundings surroundings)
    {
        // A client of its own: a renewal waits for no other request, and one that hangs is abandoned together with its connection.
        var connection = ClusterResolver.Resolve(options, surroundings);
        connection.Configuration.DisableHttp2 = true;
        var time = provider.GetRequiredService<TimeProvider>();
        var client = new RawKubernetes(connection.Configuration, time, [.. connection.Impersonation.Handlers()]);
        var key = new ResourceKey(Namespace(options, connection), LeaseName.For(options.WatchLabelSelector));

        // In a pod, the machine's name is the pod's. A restarted container keeps it.
        var identity = $"{Environment.MachineName}_{Guid.NewGuid()}";
        var lease = new LeaseLock(client, key);
        var elector = new LeaderElector(
            lease,
            LeaseTimings.For(identity, options),
            time,
            provider.GetRequiredService<ILogger<LeaderElector>>(),
            new LeaderElectionMetrics(provider.GetRequiredService<MetricsRegistry>(), key.Name));
        return new ElectedLeadership(
            elector, new LeaseEvents(client, lease, key, identity, time, provider.GetRequiredService<ILogger<LeaseEvents>>()));
    }

    private static string Namespace(ControllerOptions options, ClusterConnection connection)
    {
        var name = options.LeaderElectNamespace ?? connection.Configuration.Namespace;
        return string.IsNullOrEmpty(name)
            ? throw new StartupException(
                $"--leader-elect-namespace: context {OptionParsers.Quote(connection.Context)} has no namespace. Specify one for the "
                + "Lease, or disable leader election with --leader-elect=false.")
            : name;
    }
}
