namespace PrEnv.Core.Queueing;

/// <summary>
/// A queue of keys that need work. A key waits at most once, is never held by two workers, and is handed out again after
/// <see cref="Done"/> when it was added while held: no two workers work on one key, and no change is lost. Keys of a higher priority go
/// first, those of the same in order; a low one is overtaken by at most nine in a row. All members are thread-safe.
/// </summary>
/// <remarks>
/// The rules are in <see cref="WorkSet{TKey}"/>; this class adds the lock and the workers. Adding, taking and finishing allocate nothing
/// once the queue has been as full, as many delays have ended early, and as many workers have waited, as now.
/// </remarks>
public class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    private static readonly TimeSpan UnfinishedWorkPeriod = TimeSpan.FromMilliseconds(500);

    private readonly WaiterList<TKey> _waiters;
    private readonly ITimer? _ticker;
    private readonly bool _isMeasured;
    private TaskCompletionSource? _drained;
    private bool _isTicking;

    /// <summary>Creates an empty queue.</summary>
    /// <param name="time">The clock of the metrics; default the system's.</param>
    /// <param name="metrics">Default none.</param>
    public WorkQueue(TimeProvider? time = null, IQueueMetrics? metrics = null)
    {
        Time = time ?? TimeProvider.System;
        Metrics = metrics ?? NullQueueMetrics.Instance;
        _waiters = new WaiterList<TKey>(Gate);
        _isMeasured = Metrics is not NullQueueMetrics;
        Keys = new WorkSet<TKey>(_isMeasured ? new QueueMeter<TKey>(Metrics, Time) : null);
        if (_isMeasured)
            _ticker = Time.CreateTimer(_ => ReportUnfinishedWork(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The number of waiting keys. Held keys and delayed keys do not count.</summary>
    public int Count
    {
        get
        {
            lock (Gate)
                return Keys.WaitingCount;
        }
    }

    /// <summary>True from the first <see cref="ShutDown"/> or <see cref="ShutDownWithDrainAsync"/> on.</summary>
    public bool IsShuttingDown
    {
        get
        {
            lock (Gate)
                return IsStopped;
        }
    }

    private protected Lock Gate { get; } = new();

    private protected WorkSet<TKey> Keys { get; }

    /// <summary>Like <see cref="IsShuttingDown"/>, for callers that hold the lock.</summary>
    private protected bool IsStopped { get; private set; }

    private protected TimeProvider Time { get; }

    private protected IQueueMetrics Metrics { get; }

    /// <summary><see cref="Add(TKey, int)"/> with <see cref="KeyPriority.Normal"/>.</summary>
    public void Add(TKey key) => Add(key, KeyPriority.Normal);

    /// <summary>
    /// Marks the key as needing work. One that is already waiting keeps its place, or moves to the end of this priority if it is higher. A
    /// held key is handed out again after its <see cref="Done"/>. Does nothing after shutdown.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="priority">The higher goes first; see <see cref="KeyPriority"/>.</param>
    public void Add(TKey key, int priority)
    {
        // Do everything that needs no lock before taking it.
        var hash = KeyTable<TKey>.HashOf(key);
        var now = TimestampOfMetrics();
        lock (Gate)
        {
            if (IsStopped)
                return;
            Keys.Add(key, hash, priority, now);
            HandOut(now);
        }
    }

    /// <summary>
    /// Waits for a key and hands it to the caller, who must call <see cref="Done"/>. After shutdown, the keys that are still waiting are
    /// handed out first; then every caller gets <see cref="WorkItem{TKey}.IsShutdown"/>. Await the result only once.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; no key is lost.</exception>
    public ValueTask<WorkItem<TKey>> GetAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<WorkItem<TKey>>(cancellationToken);
        var now = TimestampOfMetrics();
        Waiter<TKey> waiter;
        lock (Gate)
        {
            if (TryTake(now, out var item))
                return ValueTask.FromResult(item);
            if (IsStopped)
                return ValueTask.FromResult(new WorkItem<TKey>(default!, IsShutdown: true));
            waiter = _waiters.Enqueue();
        }

        return waiter.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// The caller is done with a key it holds, whether it succeeded or not. A key that was added meanwhile waits again, even during
    /// shutdown. Does nothing for a key that is not held.
    /// </summary>
    public void Done(TKey key)
    {
        var now = TimestampOfMetrics();
        lock (Gate)
        {
            switch (Keys.Done(key, now))
            {
                case DoneOutcome.WaitsAgain:
                    HandOut(now);
                    break;
                case DoneOutcome.Finished when Keys.HeldCount == 0:
                    _drained?.TrySetResult();
                    break;
            }
        }
    }

    /// <summary>
    /// Accepts no more keys and returns immediately. Waiting keys are still handed out. Releases callers that wait in
    /// <see cref="ShutDownWithDrainAsync"/>.
    /// </summary>
    public void ShutDown()
    {
        BeginShutDown();
        lock (Gate)
            _drained?.TrySetResult();
    }

    /// <summary>
    /// Like <see cref="ShutDown"/>, and completes when no key is held. A key that was added while held is handed out once more
    /// first. A later <see cref="ShutDown"/> completes it early.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; the queue stays shut down.</exception>
    public Task ShutDownWithDrainAsync(CancellationToken cancellationToken = default)
    {
        BeginShutDown();
        lock (Gate)
        {
            if (Keys.HeldCount == 0)
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

    /// <summary>Called once, when shutdown begins, under the lock.</summary>
    private protected virtual void OnShutDown()
    {
    }

    /// <summary>Hands waiting keys to waiting workers. The caller holds the lock.</summary>
    private protected void HandOut(long now)
    {
        while (Keys.WaitingCount > 0 && _waiters.TryDequeue(out var waiter))
        {
            TryTake(now, out var item);
            waiter.Complete(item);
        }
    }

    private bool TryTake(long now, out WorkItem<TKey> item)
    {
        if (!Keys.TryTake(now, out item))
            return false;
        if (_isMeasured && !_isTicking && !IsStopped)
            Tick(UnfinishedWorkPeriod);
        return true;
    }

    // A timer that always ran would be most of what an idle process costs.
    private void Tick(TimeSpan period)
    {
        _isTicking = period != Timeout.InfiniteTimeSpan;
        _ticker!.Change(period, period);
    }

    // Reading the clock takes as long as everything else.
    private long TimestampOfMetrics() => _isMeasured ? Time.GetTimestamp() : 0;

    private void BeginShutDown()
    {
        lock (Gate)
        {
            if (IsStopped)
                return;
            IsStopped = true;

            // Workers wait only while no key is waiting.
            while (_waiters.TryDequeue(out var waiter))
                waiter.Complete(new WorkItem<TKey>(default!, IsShutdown: true));
            OnShutDown();
        }

        _ticker?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void ReportUnfinishedWork()
    {
        lock (Gate)
        {
            if (IsStopped)
                return;
            Keys.ReportHeld(Time.GetTimestamp());
            if (Keys.HeldCount == 0)
                Tick(Timeout.InfiniteTimeSpan);
        }
    }
}
