namespace PrEnv.Core.Queueing;

/// <summary>
/// A queue of keys in need of work. A key waits at most once, is never held by two workers, and is handed out again after
/// <see cref="Done"/> when it was added while held: no two workers work on one key, and no change is lost.
/// </summary>
/// <remarks>
/// Three structures, as in client-go: the order of waiting keys, the <i>dirty</i> set (needs work) and the <i>processing</i> set (held).
/// Every waiting key is dirty and not held. All members are thread-safe.
/// </remarks>
public class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    private static readonly TimeSpan UnfinishedWorkPeriod = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly IKeyOrder<TKey> _waiting;
    private readonly HashSet<TKey> _dirty = [];
    private readonly HashSet<TKey> _processing = [];
    private readonly QueueTimes<TKey>? _times;
    private readonly ITimer? _ticker;

    // One permit for each waiting key, and one more after shutdown that every worker who finds nothing passes on.
    // Never disposed: it owns no handle, and a worker may still be on its way out.
    private readonly SemaphoreSlim _permits = new(0);
    private TaskCompletionSource? _drained;
    private bool _shuttingDown;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="time">The clock of the metrics; default the system's.</param>
    /// <param name="metrics">Default none.</param>
    public WorkQueue(TimeProvider? time = null, IQueueMetrics? metrics = null)
        : this(new FifoKeyOrder<TKey>(), time, metrics)
    {
    }

    internal WorkQueue(IKeyOrder<TKey> order, TimeProvider? time, IQueueMetrics? metrics)
    {
        _waiting = order;
        Time = time ?? TimeProvider.System;
        Metrics = metrics ?? NullQueueMetrics.Instance;
        if (Metrics is NullQueueMetrics)
            return;
        _times = new QueueTimes<TKey>(Metrics, Time);
        _ticker = Time.CreateTimer(_ => ReportUnfinishedWork(), null, UnfinishedWorkPeriod, UnfinishedWorkPeriod);
    }

    /// <summary>How many keys wait. Held keys and delayed keys do not count.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>True from the first <see cref="ShutDown"/> or <see cref="ShutDownWithDrainAsync"/> on.</summary>
    public bool IsShuttingDown
    {
        get
        {
            lock (_gate)
                return _shuttingDown;
        }
    }

    private protected TimeProvider Time { get; }

    private protected IQueueMetrics Metrics { get; }

    /// <summary>
    /// Marks the key as in need of work. Does nothing when it already is, and nothing after shutdown. A held key is handed out again after its <see cref="Done"/>.
    /// </summary>
    public void Add(TKey key)
    {
        lock (_gate)
        {
            if (_shuttingDown)
                return;
            var held = _processing.Contains(key);
            if (!_dirty.Add(key))
            {
                if (!held)
                    _waiting.Touch(key);
                return;
            }

            _times?.Added(key, _dirty.Count);
            if (!held)
                Enqueue(key);
        }
    }

    /// <summary>
    /// Waits for a key and hands it to the caller, who owes a <see cref="Done"/>. After shutdown the keys that still wait are handed out
    /// first; then every caller gets <see cref="WorkItem{TKey}.IsShutdown"/>.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; no key is lost.</exception>
    public async ValueTask<WorkItem<TKey>> GetAsync(CancellationToken cancellationToken)
    {
        await _permits.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _permits.Release();
                return new WorkItem<TKey>(default!, IsShutdown: true);
            }

            var key = _waiting.Pop();
            _processing.Add(key);
            _dirty.Remove(key);
            _times?.Taken(key, _dirty.Count);
            return new WorkItem<TKey>(key, IsShutdown: false);
        }
    }

    /// <summary>
    /// The caller is done with a key it holds, whether it succeeded or not. A key that was added meanwhile waits again, even during shutdown.
    /// Does nothing for a key that is not held.
    /// </summary>
    public void Done(TKey key)
    {
        lock (_gate)
        {
            if (!_processing.Remove(key))
                return;
            _times?.Finished(key);
            if (_dirty.Contains(key))
                Enqueue(key);
            else if (_processing.Count == 0)
                _drained?.TrySetResult();
        }
    }

    /// <summary>
    /// Takes no more keys and returns at once. Waiting keys are still handed out. Releases whoever waits in <see cref="ShutDownWithDrainAsync"/>.
    /// </summary>
    public void ShutDown()
    {
        BeginShutDown();
        lock (_gate)
            _drained?.TrySetResult();
    }

    /// <summary>
    /// Like <see cref="ShutDown"/>, and completes when no key is held any more. A key that was added while held is handed out once more first.
    /// A later <see cref="ShutDown"/> completes it early.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; the queue stays shut down.</exception>
    public Task ShutDownWithDrainAsync(CancellationToken cancellationToken = default)
    {
        BeginShutDown();
        lock (_gate)
        {
            if (_processing.Count == 0)
                return Task.CompletedTask;
            if (_drained is null || _drained.Task.IsCompleted)
                _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Shuts down and stops the timers.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Shuts down and stops the timers.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        ShutDown();
        _ticker?.Dispose();
    }

    /// <summary>Called once, when shutdown begins, outside the lock.</summary>
    private protected virtual void OnShutDown()
    {
    }

    private void BeginShutDown()
    {
        lock (_gate)
        {
            if (_shuttingDown)
                return;
            _shuttingDown = true;
            _permits.Release();
        }

        _ticker?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        OnShutDown();
    }

    private void Enqueue(TKey key)
    {
        _waiting.Push(key);
        _permits.Release();
    }

    private void ReportUnfinishedWork()
    {
        lock (_gate)
        {
            if (!_shuttingDown)
                _times?.ReportUnfinished();
        }
    }
}
