using System.Globalization;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Monitoring;
using PrEnv.Core.Informers;
using PrEnv.Core.LeaderElection;
using PrEnv.Core.Objects;
using PrEnv.Core.Queueing;
using PrEnv.Core.Reconciling;
using PrEnv.Core.Resources;

namespace PrEnv.Controller.Webhooks;

/// <summary>
/// Brings what a delivery says to the instance that works. A Service hands deliveries to any instance, and GitHub sends each once: one that only
/// waits asks the leader for a reconcile by the annotation that people use for it, once for many deliveries. Thread-safe.
/// </summary>
/// <param name="hints">Of this process.</param>
/// <param name="lead">Does this process work?</param>
/// <param name="resources">All that are known.</param>
/// <param name="writer">One that may write although this process does not lead: to ask for a reconcile twice does no harm.</param>
/// <param name="queues">For the metrics.</param>
/// <param name="loops">For the metrics.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class LeaderNotifier(
    PullRequestHints hints,
    IWriteFence lead,
    Store<PREphemeralEnvController> resources,
    IResourceWriter writer,
    QueueMetricsFactory queues,
    ReconcileMetricsFactory loops,
    TimeProvider time,
    ILogger<LeaderNotifier> logger) : BackgroundService, IResourceWaker, IReconciler<ResourceKey>
{
    private const string Name = "webhook";

    private static readonly TimeSpan Coalescing = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(30);

    private readonly RateLimitingQueue<ResourceKey> _queue =
        new(new ItemExponentialFailureRateLimiter<ResourceKey>(FirstRetry, LastRetry), time, queues.For(Name));

    public void PullRequestChanged(ResourceKey resource, int number)
    {
        if (lead.IsOpen) hints.PullRequestChanged(resource, number);
        else _queue.AddAfter(resource, Coalescing);
    }

    public async Task<ReconcileResult> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (resources.Get(key) is { } resource)
        {
            var now = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
            await writer.SetAnnotationAsync(resource, PREphemeralEnvController.ReconcileRequestAnnotation, now, cancellationToken);
        }

        return ReconcileResult.Done;
    }

    public override void Dispose()
    {
        base.Dispose();
        _queue.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => new ControllerLoop<ResourceKey>(
        _queue, this, static _ => Task.CompletedTask, new ControllerLoopOptions { Name = Name, DrainTimeout = TimeSpan.Zero }, time, logger, loops.For(Name))
        .RunAsync(stoppingToken);
}
