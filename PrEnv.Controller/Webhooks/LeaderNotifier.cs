using System.Collections.Concurrent;
using System.Globalization;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Controller.Memory;
using PrEnv.Controller.Monitoring;
using PrEnv.Core.Informers;
using PrEnv.Core.LeaderElection;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Core.Reconciling;
using PrEnv.Core.Resources;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.Webhooks;

/// <summary>
/// Passes deliveries on to the leader. A Service sends deliveries to any instance, and GitHub sends each only once: an instance that is
/// waiting requests a reconcile from the leader by the same annotation that users set, once for many deliveries; and once more a little
/// later, because GitHub's API may be behind them. Thread-safe.
/// </summary>
internal sealed class LeaderNotifier : BackgroundService, IResourceWaker, IReconciler<ResourceKey>
{
    private const string Name = "webhook";

    private static readonly TimeSpan Coalescing = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(15);
    private static readonly Backoff Retries = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    private readonly PullRequestHints _hints;
    private readonly IWriteFence _lead;
    private readonly Store<PREphemeralEnvController> _resources;
    private readonly IResourceWriter _writer;
    private readonly TimeProvider _time;
    private readonly SideLoop<ResourceKey> _loop;
    private readonly ConcurrentDictionary<ResourceKey, DateTimeOffset> _delivered = new();

    /// <param name="hints">Of this process.</param>
    /// <param name="lead">Says whether this process is the leader.</param>
    /// <param name="resources">All that are known.</param>
    /// <param name="writer">One that may write although this process is not the leader: requesting a reconcile twice does no harm.</param>
    /// <param name="queues">For the metrics.</param>
    /// <param name="loops">For the metrics.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public LeaderNotifier(
        PullRequestHints hints,
        IWriteFence lead,
        Store<PREphemeralEnvController> resources,
        IResourceWriter writer,
        QueueMetricsFactory queues,
        ReconcileMetricsFactory loops,
        TimeProvider time,
        ILogger<LeaderNotifier> logger)
    {
        (_hints, _lead, _resources, _writer, _time) = (hints, lead, resources, writer, time);
        var options = new ControllerLoopOptions { Name = Name, DrainTimeout = TimeSpan.Zero };
        _loop = new SideLoop<ResourceKey>(this, options, Retries, (queues.For(Name), loops.For(Name)), time, logger);
    }

    public void PullRequestChanged(ResourceKey resource, int number, ExpectedPullRequest? expected = null)
    {
        if (_lead.IsOpen)
        {
            _hints.PullRequestChanged(resource, number, expected);
            return;
        }

        if (expected is not null)
            _delivered[resource] = _time.GetUtcNow();
        _loop.AddAfter(resource, Coalescing);
    }

    public void CheckChanged(ResourceKey resource, CheckNews news)
    {
        if (_lead.IsOpen)
            _hints.CheckChanged(resource, news);
        else
            _loop.AddAfter(resource, Coalescing);
    }

    public async Task<ReconcileResult> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        if (_resources.Get(key) is not { } resource)
            return ReconcileResult.Done;
        var now = _time.GetUtcNow();
        await _writer.SetAnnotationAsync(
            resource, PREphemeralEnvController.ReconcileRequestAnnotation, now.ToString("O", CultureInfo.InvariantCulture),
            cancellationToken);
        if (!_delivered.TryGetValue(key, out var delivered))
            return ReconcileResult.Done;
        if (now < delivered + Again)
            return ReconcileResult.RequeueAfter(delivered + Again - now);
        _delivered.TryRemove(KeyValuePair.Create(key, delivered));
        return ReconcileResult.Done;
    }

    public override void Dispose()
    {
        base.Dispose();
        _loop.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _loop.RunAsync(stoppingToken);
}
