using PrEnv.Controller.Kubernetes.Watching;
using PrEnv.Core.Informers;
using PrEnv.Core.Model;
using PrEnv.Core.Queueing;
using PrEnv.Core.Reconciling;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Reconcile;

internal static class ReconcileServiceCollectionExtensions
{
    // A write to the API server that failed is tried again soon, and at least this often once the server is back.
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(20);

    // A reconcile in hand has this long to end after SIGTERM; the process promises 10 s for all.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Adds the informers, the loop and all that one reconcile needs.</summary>
    public static IServiceCollection AddPrEnvController(this IServiceCollection services, int workers)
    {
        services.AddSingleton(provider => new SharedInformer<PREphemeralEnvController>(
            provider.GetRequiredService<ListWatchFactory>().Resources(),
            new ReflectorOptions { Name = PREphemeralEnvController.Plural },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SharedInformer<PREphemeralEnvController>>>()));
        services.AddSingleton(provider => new SharedInformer<HelmRelease>(
            provider.GetRequiredService<ListWatchFactory>().Releases(),
            new ReflectorOptions { Name = HelmRelease.Plural },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SharedInformer<HelmRelease>>>(),
            ClusterView.Indexes));
        services.AddSingleton<IClusterView>(provider => new ClusterView(
            provider.GetRequiredService<SharedInformer<PREphemeralEnvController>>(),
            provider.GetRequiredService<SharedInformer<HelmRelease>>(),
            owner => provider.GetRequiredService<ListWatchFactory>().Releases($"{Core.Planning.OwnerLabels.Uid}={owner.Metadata.Uid}"),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new RateLimitingQueue<ResourceKey>(
            new ItemExponentialFailureRateLimiter<ResourceKey>(FirstRetry, LastRetry),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<IQueueMetrics>()));
        services.AddSingleton(provider => new ControllerLoop<ResourceKey>(
            provider.GetRequiredService<RateLimitingQueue<ResourceKey>>(),
            provider.GetRequiredService<ResourceReconciler>(),
            token => ControllerService.WaitForSyncAsync(
                provider.GetRequiredService<SharedInformer<PREphemeralEnvController>>(),
                provider.GetRequiredService<SharedInformer<HelmRelease>>(),
                token),
            // No limit for the sync: a cluster whose definitions come later is waited for, and told so.
            new ControllerLoopOptions { Name = "prephemeralenvcontroller", Workers = workers, SyncTimeout = null, DrainTimeout = DrainTimeout },
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ControllerLoop<ResourceKey>>>(),
            provider.GetService<IReconcileMetrics>()));
        services.AddSingleton(Random.Shared);
        services.AddSingleton<PullRequestReader>();
        services.AddSingleton<Gatherer>();
        services.AddSingleton<ActionRunner>();
        services.AddSingleton<StatusReporter>();
        services.AddSingleton<ResourceReconciler>();
        services.AddHostedService<ControllerService>();
        return services;
    }
}
