using System.Threading.Tasks.Sources;

namespace PrEnv.Core.Queueing;

/// <summary>One wait of a worker for a key; reused for other waits, so that waiting allocates nothing.</summary>
internal sealed class Waiter<TKey> : IValueTaskSource<WorkItem<TKey>>, IThreadPoolWorkItem
    where TKey : notnull
{
    private readonly WaiterList<TKey> _list;
    private ManualResetValueTaskSourceCore<WorkItem<TKey>> _core;
    private CancellationToken _cancellation;
    private CancellationTokenRegistration _registration;
    private WorkItem<TKey> _item;
    private bool _cancelled;

    public Waiter(WaiterList<TKey> list)
    {
        _list = list;
        Node = new LinkedListNode<Waiter<TKey>>(this);
    }

    /// <summary>Its place in the list.</summary>
    public LinkedListNode<Waiter<TKey>> Node { get; }

    /// <summary>The wait. Called once, after the waiter was enqueued and outside the lock.</summary>
    public ValueTask<WorkItem<TKey>> WaitAsync(CancellationToken cancellationToken)
    {
        var wait = new ValueTask<WorkItem<TKey>>(this, _core.Version);
        _cancellation = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static waiter => ((Waiter<TKey>)waiter!).Cancel(), this);
        return wait;
    }

    /// <summary>Ends the wait. The worker continues on a thread of the pool, never on the caller's, which holds the lock.</summary>
    public void Complete(WorkItem<TKey> item)
    {
        _item = item;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        var item = _item;
        _item = default;
        if (_cancelled)
            _core.SetException(new OperationCanceledException(_cancellation));
        else
            _core.SetResult(item);
    }

    WorkItem<TKey> IValueTaskSource<WorkItem<TKey>>.GetResult(short token)
    {
        // Throws for a wait that was already awaited, which must not return the waiter a second time.
        _core.GetStatus(token);
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            // Waits for a cancellation in progress: it must not affect the next wait.
            _registration.Dispose();
            _registration = default;
            _cancelled = false;
            _cancellation = default;
            _core.Reset();
            _list.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<WorkItem<TKey>>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<WorkItem<TKey>>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel()
    {
        // A waiter that already has a key keeps it.
        if (!_list.TryRemove(this))
            return;
        _cancelled = true;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
