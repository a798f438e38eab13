using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>Why reading a watch ended.</summary>
internal enum WatchEndKind
{
    /// <summary>The reader has what it needs; the stream stays open and can be read further.</summary>
    Paused,

    /// <summary>The server closed it, or its timeout has passed.</summary>
    Closed,

    /// <summary>The server refused it or reported an error.</summary>
    Failed,
}

/// <summary>How reading a watch ended. The status is set for <see cref="WatchEndKind.Failed"/> only.</summary>
internal readonly record struct WatchEnd(WatchEndKind Kind, ApiStatus? Status = null);

/// <summary>
/// One open watch: opened once, closed once, and closed here if the server fails to do so. One reader at a time.
/// </summary>
internal sealed class WatchSession<T> : IAsyncDisposable
    where T : class, IClusterObject
{
    private static readonly TimeSpan VeryShort = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly long _openedAt;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenSource _linked;
    private readonly IAsyncEnumerator<WatchEvent<T>> _events;
    private readonly CancellationToken _cancellationToken;
    private int _eventCount;

    public WatchSession(
        IListWatch<T> listWatch, WatchOptions watch, TimeSpan slack, TimeProvider time, CancellationToken cancellationToken)
    {
        Options = watch;
        _time = time;
        _openedAt = time.GetTimestamp();
        _cancellationToken = cancellationToken;
        _deadline = new CancellationTokenSource(watch.Timeout + slack, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_deadline.Token, cancellationToken);
        _events = listWatch.WatchAsync(watch, _linked.Token).GetAsyncEnumerator(_linked.Token);
    }

    public WatchOptions Options { get; }

    /// <summary>Ends a pending read as if the server had closed the stream. Thread-safe.</summary>
    public void Abort() => _deadline.Cancel();

    /// <summary>Reads until the handler returns false or the stream ends.</summary>
    /// <exception cref="OperationCanceledException">The token of the constructor was cancelled.</exception>
    public async Task<WatchEnd> ReadAsync(Func<WatchEvent<T>, bool> handle)
    {
        try
        {
            while (await _events.MoveNextAsync())
            {
                _cancellationToken.ThrowIfCancellationRequested();
                if (_events.Current.Type == WatchEventType.Error)
                    return Fail(_events.Current.Error ?? new ApiStatus(-1, "Unknown", "The watch reported an error without a status."));
                _eventCount++;
                if (!handle(_events.Current))
                    return new WatchEnd(WatchEndKind.Paused);
            }
        }
        catch (Exception exception) when (!_cancellationToken.IsCancellationRequested)
        {
            return _deadline.IsCancellationRequested ? new WatchEnd(WatchEndKind.Closed) : Fail(Failures.From(exception));
        }

        _cancellationToken.ThrowIfCancellationRequested();
        return _eventCount == 0 && _time.GetElapsedTime(_openedAt) < VeryShort
            ? Fail(new ApiStatus(-1, "VeryShortWatch", "The server closed the watch within a second and without an event."))
            : new WatchEnd(WatchEndKind.Closed);
    }

    public async ValueTask DisposeAsync()
    {
        await _deadline.CancelAsync();
        await _events.DisposeAsync();
        _linked.Dispose();
        _deadline.Dispose();
    }

    private static WatchEnd Fail(ApiStatus status) => new(WatchEndKind.Failed, status);
}
