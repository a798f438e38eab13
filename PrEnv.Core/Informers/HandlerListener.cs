using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>
/// Passes changes to one handler on its own flow, through an unbounded buffer: a slow handler must never delay the reflector,
/// and dropping a change would be worse than keeping it.
/// </summary>
internal sealed class HandlerListener<T> : IHandlerRegistration
    where T : class, IClusterObject
{
    private readonly Channel<Notification> _buffer =
        Channel.CreateUnbounded<Notification>(new UnboundedChannelOptions { SingleReader = true });

    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IInformerHandler<T> _handler;
    private readonly ILogger _logger;
    private readonly object _owner;
    private volatile bool _stopped;
    private bool _initialFailed;
    private ITimer? _resync;
    private bool _started;

    public HandlerListener(object owner, IInformerHandler<T> handler, string name, ILogger logger)
    {
        _owner = owner;
        _handler = handler;
        _logger = logger;
        Name = name;
    }

    public string Name { get; }

    public bool HasSynced => _synced.Task.IsCompletedSuccessfully;

    public Task Synced => _synced.Task;

    public Task Completion => _completion.Task;

    public bool BelongsTo(object owner) => ReferenceEquals(_owner, owner);

    public void Post(StoreChange<T> change, bool isInitial) =>
        _buffer.Writer.TryWrite(new Notification(change, isInitial, IsListEnd: false));

    /// <summary>Everything that counts for <see cref="HasSynced"/> has been posted.</summary>
    public void PostInitialListEnd() => _buffer.Writer.TryWrite(new Notification(default, IsInitial: true, IsListEnd: true));

    /// <summary>Starts to call the handler. The informer calls this and <see cref="Stop"/> under its lock.</summary>
    public void Start(ITimer? resync)
    {
        _resync = resync;
        _started = true;
        _ = Task.Run(PumpAsync);
    }

    /// <summary>Stops calling the handler, except for a call in progress. Idempotent.</summary>
    public void Stop()
    {
        _stopped = true;
        _resync?.Dispose();
        _buffer.Writer.TryComplete();
        _synced.TrySetCanceled();
        if (!_started)
            _completion.TrySetResult();
    }

    private async Task PumpAsync()
    {
        try
        {
            await foreach (var notification in _buffer.Reader.ReadAllAsync())
            {
                if (_stopped)
                    return;
                Deliver(notification);
            }
        }
        finally
        {
            _completion.TrySetResult();
        }
    }

    private void Deliver(Notification notification)
    {
        if (notification.IsListEnd)
        {
            if (!_initialFailed)
                _synced.TrySetResult();
            return;
        }

        try
        {
            Call(notification);
        }
        catch (Exception exception)
        {
            _initialFailed |= notification.IsInitial;
            Log.HandlerFailed(_logger, exception, Name, notification.Change.Kind, notification.Change.Key);
        }
    }

    private void Call(Notification notification)
    {
        var change = notification.Change;
        switch (change.Kind)
        {
            case StoreChangeKind.Added:
                _handler.OnAdded(change.New!, notification.IsInitial);
                break;
            case StoreChangeKind.Updated:
                _handler.OnUpdated(change.Old!, change.New!);
                break;
            default:
                _handler.OnDeleted(new Tombstone<T>(change.Key, change.Old, change.IsFinalStateUnknown));
                break;
        }
    }

    private readonly record struct Notification(StoreChange<T> Change, bool IsInitial, bool IsListEnd);
}
