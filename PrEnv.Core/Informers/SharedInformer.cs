using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>
/// One list and watch of a kind, or one for each of several namespaces; one <see cref="Store{T}"/>, any number of handlers. Thread-safe.
/// </summary>
/// <remarks>
/// A handler that is added late is first called with everything in the store. Changes that were missed while the watch was down are found
/// by the next list; objects that did not change are not reported again, except to a handler that asked for a resync.
/// </remarks>
public sealed class SharedInformer<T>
    where T : class, IClusterObject
{
    private readonly Lock _gate = new();
    private readonly List<HandlerListener<T>> _listeners = [];
    private readonly List<Task> _ending = [];
    private readonly Dictionary<HandlerListener<T>, TimeSpan> _resyncPeriods = [];
    private readonly TaskCompletionSource _listed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ImmutableArray<Reflector<T>> _reflectors;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private int _unlisted;
    private volatile bool _isStarted;
    private volatile bool _isStopped;

    /// <summary>Creates an informer that reads everything by one list and watch.</summary>
    /// <param name="listWatch">The server.</param>
    /// <param name="options">How to read.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For people.</param>
    /// <param name="indexers">Of the store.</param>
    /// <param name="transform">Of the reflector.</param>
    public SharedInformer(
        IListWatch<T> listWatch,
        ReflectorOptions options,
        TimeProvider time,
        ILogger logger,
        IReadOnlyDictionary<string, Func<T, IEnumerable<string>>>? indexers = null,
        Func<T, T>? transform = null)
        : this([new InformerSource<T>(null, listWatch) { Transform = transform }], options, time, logger, indexers)
    {
    }

    /// <summary>Creates an informer; it does nothing before <see cref="RunAsync"/>.</summary>
    /// <param name="sources">All objects by one list, or by one for each namespace. At least one; namespaces must differ.</param>
    /// <param name="options">How to read.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For people.</param>
    /// <param name="indexers">Of the store.</param>
    public SharedInformer(
        ImmutableArray<InformerSource<T>> sources,
        ReflectorOptions options,
        TimeProvider time,
        ILogger logger,
        IReadOnlyDictionary<string, Func<T, IEnumerable<string>>>? indexers)
    {
        _time = time;
        _logger = logger;
        Store = new Store<T>(indexers);
        _unlisted = sources.Length;
        _reflectors =
        [
            .. sources.Select(source => new Reflector<T>(
                source.ListWatch, new Distributor(this, source.Namespace), OptionsOf(source), time, logger, source.Transform)),
        ];
        foreach (var reflector in _reflectors)
            reflector.ListFailureChanged += (_, change) => ListFailureChanged?.Invoke(this, change);

        ReflectorOptions OptionsOf(InformerSource<T> source) =>
            source.Namespace is { } name ? options with { Name = $"{options.Name} in namespace {name}" } : options;
    }

    /// <summary>Called as <see cref="Reflector{T}.ListFailureChanged"/>, for any of the sources.</summary>
    public event EventHandler<ListFailureChangedEventArgs>? ListFailureChanged;

    /// <summary>The local copy. Only the informer writes to it.</summary>
    public Store<T> Store { get; }

    /// <summary>
    /// Why the last list of a source failed; null if none did. That the kind is not installed (<see cref="ApiStatus.IsNotFound"/>) comes
    /// before any other failure.
    /// </summary>
    public ApiStatus? LastListFailure =>
        _reflectors.Select(r => r.LastListFailure).OfType<ApiStatus>().OrderByDescending(s => s.IsNotFound).FirstOrDefault();

    /// <summary>Has the first list of every source reached the store, and every handler that is registered now?</summary>
    public bool HasSynced
    {
        get
        {
            lock (_gate)
                return _listed.Task.IsCompletedSuccessfully && _listeners.TrueForAll(listener => listener.HasSynced);
        }
    }

    /// <summary>True from <see cref="RunAsync"/> on.</summary>
    public bool IsStarted => _isStarted;

    /// <summary>True once <see cref="RunAsync"/> was asked to stop.</summary>
    public bool IsStopped => _isStopped;

    /// <summary>Registers a handler, before, while or after the informer starts.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="name">For logs; defaults to the handler's type.</param>
    /// <param name="resyncPeriod">How often the whole store is reported again as updates, without asking the server. Default never.</param>
    /// <exception cref="InvalidOperationException">The informer has stopped.</exception>
    public IHandlerRegistration AddHandler(IInformerHandler<T> handler, string? name = null, TimeSpan? resyncPeriod = null)
    {
        var listener = new HandlerListener<T>(this, handler, name ?? handler.GetType().Name, _logger);
        lock (_gate)
        {
            if (IsStopped)
                throw new InvalidOperationException($"The handler {listener.Name} was added after the informer had stopped.");
            if (resyncPeriod is { } period)
                _resyncPeriods[listener] = period;
            foreach (var item in Store.List())
                listener.Post(new StoreChange<T>(StoreChangeKind.Added, item.Key, null, item), isInitial: true);
            if (_listed.Task.IsCompletedSuccessfully)
                listener.PostInitialListEnd();

            _listeners.Add(listener);
            if (IsStarted)
                Start(listener);
        }

        return listener;
    }

    /// <summary>
    /// Removes a handler. It may still be in a call: see <see cref="IHandlerRegistration.Completion"/>. Does nothing if it was already
    /// removed.
    /// </summary>
    /// <exception cref="ArgumentException">The registration belongs to another informer.</exception>
    public void RemoveHandler(IHandlerRegistration registration)
    {
        if (registration is not HandlerListener<T> listener || !listener.BelongsTo(this))
            throw new ArgumentException("The registration belongs to another informer.", nameof(registration));
        lock (_gate)
        {
            if (!_listeners.Remove(listener))
                return;
            _resyncPeriods.Remove(listener);
            listener.Stop();
            _ending.RemoveAll(task => task.IsCompleted);
            _ending.Add(listener.Completion);
        }
    }

    /// <summary>
    /// Lists, watches and calls the handlers until cancelled; completes without an exception once no handler is in a call. Can be called
    /// only once.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was started before.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (IsStarted)
                throw new InvalidOperationException("An informer can be started only once.");
            _isStarted = true;
            _listeners.ForEach(Start);
        }

        try
        {
            await Task.WhenAll(_reflectors.Select(reflector => reflector.RunAsync(cancellationToken)));
        }
        finally
        {
            await StopAsync();
        }
    }

    /// <summary>Completes when the first list of every source has reached the store and every handler registered by then.</summary>
    /// <exception cref="OperationCanceledException">Cancelled, or the informer stopped before.</exception>
    public async Task WaitForSyncAsync(CancellationToken cancellationToken)
    {
        await _listed.Task.WaitAsync(cancellationToken);
        while (NextUnsynced() is { } listener)
        {
            // A handler that is removed meanwhile is not a reason to fail, nor to wait.
            await Task.WhenAny(listener.Synced, listener.Completion).WaitAsync(cancellationToken);
            if (IsStopped)
                throw new OperationCanceledException("The informer stopped before it had synced.");
        }
    }

    private HandlerListener<T>? NextUnsynced()
    {
        lock (_gate)
            return _listeners.Find(listener => !listener.HasSynced);
    }

    private Task StopAsync()
    {
        lock (_gate)
        {
            _isStopped = true;
            _listed.TrySetCanceled();
            _listeners.ForEach(listener => listener.Stop());
            return Task.WhenAll([.. _ending, .. _listeners.Select(listener => listener.Completion)]);
        }
    }

    private void Start(HandlerListener<T> listener) =>
        listener.Start(
            _resyncPeriods.TryGetValue(listener, out var period) ? _time.CreateTimer(_ => Resync(listener), null, period, period) : null);

    private void Resync(HandlerListener<T> listener)
    {
        // Under the gate: a replay must not overtake a change.
        lock (_gate)
        {
            foreach (var item in Store.List())
                listener.Post(new StoreChange<T>(StoreChangeKind.Updated, item.Key, item, item), isInitial: false);
        }
    }

    private void Distribute(StoreChange<T> change, bool isInitial)
    {
        if (change.IsSameVersion)
            return;

        // The deletion between the two was missed. A handler that keeps something per object must be called with it.
        if (change.IsReplacement)
        {
            Post(new StoreChange<T>(StoreChangeKind.Deleted, change.Key, change.Old, null, IsFinalStateUnknown: true), isInitial);
            change = new StoreChange<T>(StoreChangeKind.Added, change.Key, null, change.New);
        }

        Post(change, isInitial);
    }

    private void Post(StoreChange<T> change, bool isInitial)
    {
        foreach (var listener in _listeners)
            listener.Post(change, isInitial);
    }

    /// <summary>Puts what a reflector reads into the store and passes it to the handlers, in one step.</summary>
    private sealed class Distributor(SharedInformer<T> informer, string? @namespace) : IReflectorStore<T>
    {
        private bool _isListed;

        public void Replace(IReadOnlyCollection<T> items, string resourceVersion)
        {
            lock (informer._gate)
            {
                var isInitial = !_isListed;
                foreach (var change in informer.Store.Replace(items, resourceVersion, @namespace))
                    informer.Distribute(change, isInitial);
                _isListed = true;
                if (!isInitial || --informer._unlisted > 0)
                    return;
                informer._listeners.ForEach(listener => listener.PostInitialListEnd());
                informer._listed.TrySetResult();
            }
        }

        public void Upsert(T item)
        {
            lock (informer._gate)
                informer.Distribute(informer.Store.Upsert(item), isInitial: false);
        }

        public void Delete(T item)
        {
            lock (informer._gate)
            {
                if (informer.Store.Delete(item) is { } change)
                    informer.Distribute(change, isInitial: false);
            }
        }

        public void Bookmark(string resourceVersion) => informer.Store.Bookmark(resourceVersion);
    }
}
