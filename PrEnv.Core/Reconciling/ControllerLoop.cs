using Microsoft.Extensions.Logging;
using PrEnv.Core.Queueing;

namespace PrEnv.Core.Reconciling;

/// <summary>
/// Workers that take keys from a queue and reconcile them. Owns neither the queue nor the reconciler, but shuts the queue down when it
/// ends.
/// </summary>
public sealed class ControllerLoop<TKey>
    where TKey : notnull
{
    private readonly RateLimitingQueue<TKey> _queue;
    private readonly Func<CancellationToken, Task> _waitForSync;
    private readonly ControllerLoopOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IReconcileMetrics _metrics;
    private readonly ReconcileRunner<TKey> _runner;
    private readonly Lock _activeGate = new();
    private int _started;
    private int _active;

    /// <summary>Creates a loop; it does nothing before <see cref="RunAsync"/>.</summary>
    /// <param name="queue">The source of the keys, to which they are returned.</param>
    /// <param name="reconciler">What is done with each.</param>
    /// <param name="waitForSync">Completes when the caches that the reconciler reads, and the handlers that fill the queue, are
    /// ready.</param>
    /// <param name="options">How to work.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For people.</param>
    /// <param name="metrics">Default none.</param>
    public ControllerLoop(
        RateLimitingQueue<TKey> queue,
        IReconciler<TKey> reconciler,
        Func<CancellationToken, Task> waitForSync,
        ControllerLoopOptions options,
        TimeProvider time,
        ILogger logger,
        IReconcileMetrics? metrics = null)
    {
        if (options.Workers < 1)
            throw new ArgumentException("A loop needs at least one worker.", nameof(options));
        _queue = queue;
        _waitForSync = waitForSync;
        _options = options;
        _time = time;
        _logger = logger;
        _metrics = metrics ?? NullReconcileMetrics.Instance;
        _runner = new ReconcileRunner<TKey>(reconciler, options, time, logger, _metrics);
    }

    /// <summary>
    /// Waits for sync, then works until stopped. On stop, no further key is taken; reconciles in progress are finished, or cancelled after
    /// <see cref="ControllerLoopOptions.DrainTimeout"/>. Keys that are still waiting are left: the next start lists everything again.
    /// Completes without an exception when the last worker has ended. Can be called only once.
    /// </summary>
    /// <param name="stop">Requests a graceful stop.</param>
    /// <param name="abort">Requests an immediate stop, as when leadership is lost: reconciles in progress are cancelled.</param>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    /// <exception cref="TimeoutException">The caches did not sync in time; no worker ran.</exception>
    public async Task RunAsync(CancellationToken stop, CancellationToken abort = default)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
            throw new InvalidOperationException("A controller loop can be started only once.");
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop, abort);
        try
        {
            if (await WaitForSyncAsync(stopping.Token))
                await WorkAsync(stopping.Token, abort);
        }
        finally
        {
            _queue.ShutDown();
        }
    }

    /// <summary>False when stopped before.</summary>
    private async Task<bool> WaitForSyncAsync(CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(_options.SyncTimeout ?? Timeout.InfiniteTimeSpan, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            await _waitForSync(linked.Token).WaitAsync(linked.Token);
            return !stopping.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (OperationCanceledException exception) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException($"The caches of {_options.Name} did not sync within {_options.SyncTimeout}.", exception);
        }
    }

    private async Task WorkAsync(CancellationToken stopping, CancellationToken abort)
    {
        Log.Starting(_logger, _options.Name, _options.Workers);
        _metrics.SetMaxConcurrent(_options.Workers);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(abort);
        await using var drain = _time.CreateTimer(_ => cancel.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await using var onStop = stopping.Register(() =>
        {
            _queue.ShutDown();
            drain.Change(_options.DrainTimeout, Timeout.InfiniteTimeSpan);
        });
        var workers = Enumerable.Range(0, _options.Workers)
            .Select(_ => Task.Run(() => WorkerAsync(stopping, cancel.Token), CancellationToken.None));
        await Task.WhenAll(workers);
        Log.Stopped(_logger, _options.Name);
    }

    private async Task WorkerAsync(CancellationToken stopping, CancellationToken cancel)
    {
        while (!stopping.IsCancellationRequested)
        {
            // The stop shuts the queue down, which ends the wait; cancelling the wait as well could drop a key that was just handed out.
            var item = await _queue.GetAsync(CancellationToken.None);
            if (item.IsShutdown)
                return;
            await ReconcileAsync(item, cancel);
        }
    }

    private async Task ReconcileAsync(WorkItem<TKey> item, CancellationToken cancellationToken)
    {
        ReportActive(1);
        var result = await _runner.RunAsync(item.Key, cancellationToken);
        ReconcileOutcome.Apply(_queue, item, result);
        ReportActive(-1);
    }

    private void ReportActive(int change)
    {
        // Counted and reported in one step: else the reports of two workers could be reordered, and the last one would remain.
        lock (_activeGate)
        {
            _active += change;
            _metrics.SetActiveWorkers(_active);
        }
    }
}
