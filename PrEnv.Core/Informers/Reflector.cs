using Microsoft.Extensions.Logging;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>
/// Keeps a store in step with the objects of one kind on the server: lists them once, then follows a watch, and lists again only when the
/// watch cannot continue. It never gives up.
/// </summary>
/// <remarks>
/// A watch that the server closes at its timeout continues from the last version. So does one that was refused because the server is busy
/// or unreachable, after a delay. After any other end, above all an expired version, everything is listed again after a delay.
/// </remarks>
public sealed class Reflector<T>
    where T : class, IClusterObject
{
    private static readonly TimeSpan LeastWatchTimeout = TimeSpan.FromMinutes(5);

    private readonly ReflectorPosition _position;
    private readonly ReflectorHealth _health;
    private readonly PagedLister<T> _lister;
    private readonly StreamingLister<T> _streamingLister;
    private readonly WatchEventApplier<T> _applier;
    private readonly IListWatch<T> _listWatch;
    private readonly IReflectorStore<T> _store;
    private readonly ReflectorOptions _options;
    private readonly TimeProvider _time;
    private int _started;

    /// <summary>Creates a reflector; it does nothing before <see cref="RunAsync"/>.</summary>
    /// <param name="listWatch">The server.</param>
    /// <param name="store">Receives the objects.</param>
    /// <param name="options">How to read.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For people.</param>
    /// <param name="transform">
    /// Changes each object before it is stored, to drop what is never read. It must return a new object with the same key. If it throws, a
    /// list fails as a whole (leaving an object out would look like its deletion), and a watch event is skipped.
    /// </param>
    public Reflector(
        IListWatch<T> listWatch,
        IReflectorStore<T> store,
        ReflectorOptions options,
        TimeProvider time,
        ILogger logger,
        Func<T, T>? transform = null)
    {
        _listWatch = listWatch;
        _store = store;
        _options = options;
        _time = time;
        _position = new ReflectorPosition(options.StartsCurrent);
        _health = new ReflectorHealth(options, time, logger)
        {
            Changed = status => ListFailureChanged?.Invoke(this, new ListFailureChangedEventArgs(status)),
        };
        _lister = new PagedLister<T>(listWatch, options, _position);
        _streamingLister = new StreamingLister<T>(Open, store, _position, _health, options, time, logger);
        _applier = new WatchEventApplier<T>(store, _position, transform, options, logger);
    }

    /// <summary>
    /// <see cref="LastListFailure"/> has another code or reason, or is null again. Called on the reflector's own flow: must be quick.
    /// </summary>
    public event EventHandler<ListFailureChangedEventArgs>? ListFailureChanged;

    /// <summary>
    /// Why the last list failed; null after a success and before the first list. <see cref="ApiStatus.IsNotFound"/> means that the kind is
    /// not installed.
    /// </summary>
    public ApiStatus? LastListFailure => _health.LastListFailure;

    /// <summary>The newest version that was seen; empty before the first list.</summary>
    public string LastSyncResourceVersion => _position.LastSeen;

    /// <summary>Lists and watches until cancelled, then completes without an exception. Can be called only once.</summary>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
            throw new InvalidOperationException("A reflector can be started only once.");
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                var reason = await TryListAndWatchAsync(cancellationToken);
                await _health.PauseAsync(reason, cancellationToken);
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // Regardless of what a reader throws when it is cancelled: this is its normal end.
        }
    }

    // Every expected failure is a status; this is for a bug in an adapter or a store, which must not stop the reading for good.
    private async Task<ApiStatus> TryListAndWatchAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ListAndWatchAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var status = Failures.From(exception);
            _health.WatchFailed(status);
            return status;
        }
    }

    /// <summary>Returns why everything must be listed again.</summary>
    private async Task<ApiStatus> ListAndWatchAsync(CancellationToken cancellationToken)
    {
        var session = _options.UseStreamingList
            ? await _streamingLister.TryListAsync(WatchTimeout, _applier.Transform, cancellationToken)
            : null;
        if (session is null && await ListAsync(cancellationToken) is { } failure)
            return failure;
        return await WatchAsync(session, cancellationToken);
    }

    private async Task<ApiStatus?> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            var list = await _lister.ListAsync(cancellationToken);
            _store.Replace([.. list.Items.Select(_applier.Transform)], list.ResourceVersion);
            _position.Synced(list.ResourceVersion);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var status = Failures.From(exception);
            _health.ListFailed(status);
            return status;
        }

        _health.ListSucceeded();
        return null;
    }

    /// <summary>Watches, again and again, until only a list helps; returns why.</summary>
    private async Task<ApiStatus> WatchAsync(WatchSession<T>? session, CancellationToken cancellationToken)
    {
        var budget = new RetryBudget(_options.InternalErrorBudget, _time);
        while (true)
        {
            WatchEnd end;
            await using (session ??= Open(new WatchOptions(_position.LastSeen, WatchTimeout()), cancellationToken))
            {
                _applier.Begin(session.Options, initialEventsRead: session.Options.SendInitialEvents);
                end = await session.ReadAsync(_applier.Apply);
            }

            session = null;
            if (end.Status is not { } failure)
            {
                budget.Succeeded();
                continue;
            }

            _health.WatchFailed(failure);
            if (!failure.IsPassing() && !(failure.IsInternal() && budget.Failed()))
                return failure;
            await _health.PauseAsync(failure, cancellationToken);
        }
    }

    private WatchSession<T> Open(WatchOptions watch, CancellationToken cancellationToken) =>
        new(_listWatch, watch, _options.WatchDeadlineSlack, _time, cancellationToken);

    // Random, so that not all watches of a server end together.
    private TimeSpan WatchTimeout()
    {
        var least = _options.MinWatchTimeout < LeastWatchTimeout ? LeastWatchTimeout : _options.MinWatchTimeout;
        return TimeSpan.FromSeconds(Math.Floor(least.TotalSeconds * (1 + _options.Random())));
    }
}

/// <summary>The argument of <see cref="Reflector{T}.ListFailureChanged"/>.</summary>
public sealed class ListFailureChangedEventArgs(ApiStatus? failure) : EventArgs
{
    /// <summary>Why the last list failed; null when it succeeded.</summary>
    public ApiStatus? Failure { get; } = failure;
}
