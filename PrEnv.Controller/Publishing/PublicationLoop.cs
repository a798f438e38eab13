using PrEnv.Controller.Cluster;
using PrEnv.Controller.Kubernetes.Events;
using PrEnv.Controller.Kubernetes.Resources;
using PrEnv.Controller.Monitoring;
using PrEnv.Controller.Reconcile;
using PrEnv.Core.Objects;
using PrEnv.Core.Plans;
using PrEnv.Core.Reconciling;
using PrEnv.Core.Resources;
using PrEnv.Core.Timing;

namespace PrEnv.Controller.Publishing;

/// <summary>
/// Writes status and events concurrently with reconciles, on its own queue: a status of 500 rows takes the API server a tenth of a second,
/// and no HelmRelease should wait for that. The next plan considers pending writes as done, so that nothing is reported twice and nothing
/// is reverted. Thread-safe.
/// </summary>
internal sealed class PublicationLoop : IPublisher, IReconciler<ResourceKey>, IDisposable
{
    /// <summary>Names the queue and the loop in the metrics.</summary>
    public const string Name = "publication";

    private const int Workers = 4;

    // Writing one resource's status takes at most a fifth of the time: the API server has others to serve, and what arrives meanwhile
    // becomes one write.
    private const int RestFactor = 4;

    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1);
    private static readonly Backoff Retries = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(20));
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(2);

    private readonly PendingPublications _pending = new();
    private readonly IResourceWriter _writer;
    private readonly IEventPublisher _events;
    private readonly IClusterView _cluster;
    private readonly EnvironmentMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly SideLoop<ResourceKey> _loop;

    public PublicationLoop(
        IResourceWriter writer,
        IEventPublisher events,
        IClusterView cluster,
        EnvironmentMetrics metrics,
        QueueMetricsFactory queues,
        ReconcileMetricsFactory loops,
        TimeProvider time,
        ILogger<PublicationLoop> logger)
    {
        (_writer, _events, _cluster, _metrics, _time) = (writer, events, cluster, metrics, time);
        var options = new ControllerLoopOptions { Name = Name, Workers = Workers, DrainTimeout = DrainTimeout };
        _loop = new SideLoop<ResourceKey>(this, options, Retries, (queues.For(Name), loops.For(Name)), time, logger);
    }

    /// <summary>Called with a resource whose final report was written. From any thread; must be quick.</summary>
    public Action<ResourceKey> Wake { get; set; } = static _ => { };

    /// <inheritdoc/>
    public PREphemeralEnvController Show(PREphemeralEnvController resource) =>
        _pending.StatusOf(resource) is { } status ? resource with { Status = status } : resource;

    /// <inheritdoc/>
    public bool Hand(PREphemeralEnvController resource, Publication publication, bool isLast)
    {
        var key = resource.Metadata.Key;
        _metrics.Show(key, publication);
        if (!_pending.Add(key, resource, publication, isLast))
            return false;

        var rest = isLast ? TimeSpan.Zero : _pending.RestsUntil(key) - _time.GetUtcNow();
        if (rest > TimeSpan.Zero)
            _loop.AddAfter(key, rest);
        else
            _loop.Add(key);
        return true;
    }

    /// <inheritdoc/>
    public void Forget(ResourceKey key)
    {
        _pending.Forget(key);
        _metrics.Forget(key);
    }

    /// <summary>Writes until stopped, and then briefly what is left. Call it only once.</summary>
    /// <param name="source">Completes when nothing more will be submitted.</param>
    /// <param name="stop">Requests a graceful stop.</param>
    /// <param name="lost">Requests an immediate stop: the leadership is lost.</param>
    public async Task RunAsync(Task source, CancellationToken stop, CancellationToken lost)
    {
        await _loop.RunAsync(stop, lost);
        await source;
        using var patience = new CancellationTokenSource(DrainTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, lost);
        try
        {
            foreach (var key in _pending.Keys())
            {
                either.Token.ThrowIfCancellationRequested();
                await ReconcileAsync(key, either.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ApiStatusException)
        {
            // The next process plans again, and writes what it finds.
        }
    }

    /// <summary>Writes for one resource; called by the loop, never concurrently for the same resource.</summary>
    public async Task<ReconcileResult> ReconcileAsync(ResourceKey key, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        while (_pending.NextEvent(key) is { } next)
        {
            await _events.PublishAsync(next.Resource, next.Event, cancellationToken);
            _pending.EventDone(key, next.Event);
        }

        if (_pending.Find(key) is not { } pending)
            return ReconcileResult.Done;
        if (pending.IsChanged && await _writer.PatchStatusAsync(pending.Resource, pending.Status, cancellationToken) is { } written)
        {
            _cluster.Remember(written);
            _pending.Note(key, pending.Status, written.Status);
        }

        var rest = _time.GetElapsedTime(start) * RestFactor;
        var isTold = _pending.Done(key, pending.Status, _time.GetUtcNow() + (rest < LongestRest ? rest : LongestRest));
        if (isTold && pending.IsLast)
            Wake(key);
        return ReconcileResult.Done;
    }

    public void Dispose() => _loop.Dispose();
}
