using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using PrEnv.Controller.Cluster;
using PrEnv.Controller.Hosting;
using PrEnv.Controller.Hosting.Endpoints;
using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Options;
using PrEnv.Controller.Probing;
using PrEnv.Controller.Publishing;
using PrEnv.Controller.Reconcile;
using PrEnv.Controller.Reporting;
using PrEnv.Controller.Webhooks;
using PrEnv.Core.Informers;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;
using PrEnv.Core.Reconciling;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Composition;

internal static class ReconcileHostExtensions
{
    // Label of the metrics: the kind in lower case, as controller-runtime names its controllers.
    private const string Name = "prephemeralenvcontroller";

    // A failed write to the API server is retried soon, and at least this often, so that it succeeds shortly after the server is back.
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(20);

    // A reconcile in progress has this long to finish after SIGTERM; the whole process has 10 s.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds the informers, the loop and everything that a reconcile needs.</summary>
    public static IHostApplicationBuilder AddPrEnvController(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddPrEnvSettings().AddPrEnvKubernetes().AddPrEnvGitHub();
        services.AddSingleton(Resources);
        services.AddSingleton(Releases);
        services.AddSingleton<IClusterView>(View);
        services.AddSingleton(Queue);
        services.AddSingleton(Loop);
        services.AddSingleton<IProbeSchedule>(provider => provider.GetRequiredService<ProbeScheduler>());
        services.AddSingleton(Random.Shared);
        services.AddReconciler();
        services.AddHealthChecks().AddCheck<CachesReady>("caches", tags: [HealthTags.Ready]);
        services.AddHostedService<ControllerService>();
        return builder;
    }

    /// <summary>
    /// Adds <see cref="ResourceReconciler"/> and what it hands over to; the caller provides the ports, the queue, the clock and the
    /// metrics.
    /// </summary>
    public static IServiceCollection AddReconciler(this IServiceCollection services)
    {
        services.AddReading();
        services.AddSingleton<LatestReconciles>();
        services.AddSingleton<ActionRunner>();
        services.AddSingleton<CommandClaims>();
        services.AddSingleton<ReportNotes>();
        services.AddSingleton<IReportChannel, CommitStatusChannel>();
        services.AddSingleton<IReportChannel, MergeGroupChannel>();
        services.AddSingleton<IReportChannel, DeploymentChannel>();
        services.AddSingleton<IReportChannel, CommentChannel>();
        // Last: everything else is more urgent.
        services.AddSingleton<IReportChannel, DeploymentCleanupChannel>();
        services.AddSingleton<ReportLoop>();
        services.AddSingleton<IReportSink>(provider => provider.GetRequiredService<ReportLoop>());
        services.AddSingleton<PublicationLoop>();
        services.AddSingleton<IPublisher>(provider => provider.GetRequiredService<PublicationLoop>());
        services.AddSingleton<ResourceReconciler>();
        return services;
    }

    /// <summary>
    /// How both kinds are read. On the word of a list from the past, environments would be moved to a former destination, and releases that
    /// were made since would be missing.
    /// </summary>
    internal static ReflectorOptions ReadingOf(string name) => new() { Name = name, StartsCurrent = true };

    private static SharedInformer<PREphemeralEnvController> Resources(IServiceProvider provider) => new(
        Sources(Options(provider), name => provider.GetRequiredService<ListWatchFactory>().Resources(
            name, Options(provider).WatchLabelSelector?.ToString())),
        ReadingOf(PREphemeralEnvController.Plural),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<SharedInformer<PREphemeralEnvController>>>(),
        WebhookReceivers.Indexes);

    private static SharedInformer<HelmRelease> Releases(IServiceProvider provider) => new(
        [
            .. Sources(Options(provider), name => provider.GetRequiredService<ListWatchFactory>().Releases(name))
                .Select(source => source with { Transform = TrimmingOf(provider) }),
        ],
        ReadingOf(HelmRelease.Plural),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<SharedInformer<HelmRelease>>>(),
        ClusterView.Indexes);

    private static Func<HelmRelease, HelmRelease>? TrimmingOf(IServiceProvider provider) =>
        Options(provider).WatchLabelSelector is null
            ? null
            : new ShardTrimming(provider.GetRequiredService<SharedInformer<PREphemeralEnvController>>().Store).Trim;

    private static ClusterView View(IServiceProvider provider) => new(
        provider.GetRequiredService<SharedInformer<PREphemeralEnvController>>(),
        provider.GetRequiredService<SharedInformer<HelmRelease>>(),
        selector => Sources(Options(provider), name => provider.GetRequiredService<ListWatchFactory>().Releases(name, selector))
            .Select(source => source.ListWatch),
        provider.GetRequiredService<TimeProvider>(),
        Options(provider).WatchLabelSelector);

    // One for each watched namespace, or one for the whole cluster.
    private static ImmutableArray<InformerSource<T>> Sources<T>(ControllerOptions options, Func<string?, IListWatch<T>> read)
        where T : class, IClusterObject =>
    [
        .. options.WatchNamespaces.DefaultIfEmpty<string?>(null).Select(name => new InformerSource<T>(name, read(name))),
    ];

    private static RateLimitingQueue<ResourceKey> Queue(IServiceProvider provider) => new(
        new ItemExponentialFailureRateLimiter<ResourceKey>(FirstRetry, LastRetry),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<QueueMetricsFactory>().For(Name));

    private static ControllerLoop<ResourceKey> Loop(IServiceProvider provider) => new(
        provider.GetRequiredService<RateLimitingQueue<ResourceKey>>(),
        provider.GetRequiredService<ResourceReconciler>(),
        token => ControllerService.WaitForSyncAsync(
            provider.GetRequiredService<SharedInformer<PREphemeralEnvController>>(),
            provider.GetRequiredService<SharedInformer<HelmRelease>>(),
            token),
        // No time limit for the sync: if the definitions are not installed yet, the controller logs that and waits for them.
        new ControllerLoopOptions { Name = Name, Workers = Options(provider).Concurrent, SyncTimeout = null, DrainTimeout = DrainTimeout },
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILogger<ControllerLoop<ResourceKey>>>(),
        provider.GetRequiredService<ReconcileMetricsFactory>().For(Name));

    private static ControllerOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<ControllerOptions>>().Value;
}
