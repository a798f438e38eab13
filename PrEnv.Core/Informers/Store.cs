using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>
/// The local copy of the objects of one kind, with indexes. Thread-safe: every read is a snapshot, every write changes objects and indexes
/// together. Objects are shared: never change one.
/// </summary>
public sealed class Store<T> : IReflectorStore<T>
    where T : class, IClusterObject
{
    private readonly Dictionary<ResourceKey, T> _items = [];
    private readonly Dictionary<string, StoreIndex<T>> _indexes;
    private readonly List<IStoreObserver<T>> _observers = [];
    private string _resourceVersion = "";

    /// <summary>Creates an empty store.</summary>
    /// <param name="indexers">Functions, by name, that return the 0 to n values under which an object is found. They must be pure and not
    /// throw.</param>
    public Store(IReadOnlyDictionary<string, Func<T, IEnumerable<string>>>? indexers = null)
        => _indexes = (indexers ?? new Dictionary<string, Func<T, IEnumerable<string>>>(StringComparer.Ordinal))
            .ToDictionary(i => i.Key, i => new StoreIndex<T>(i.Value), StringComparer.Ordinal);

    /// <summary>
    /// The version up to which everything is in the store; empty before the first list. Where namespaces are listed one by one, it is that
    /// of the one that was read last.
    /// </summary>
    public string ResourceVersion
    {
        get
        {
            lock (Gate)
                return _resourceVersion;
        }
    }

    /// <summary>How many objects there are.</summary>
    public int Count
    {
        get
        {
            lock (Gate)
                return _items.Count;
        }
    }

    /// <summary>Guards everything here; take it to use the store and something else in one step.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>The object, or null.</summary>
    public T? Get(ResourceKey key)
    {
        lock (Gate)
            return _items.GetValueOrDefault(key);
    }

    /// <summary>All objects, in no particular order.</summary>
    public IReadOnlyList<T> List()
    {
        lock (Gate)
            return [.. _items.Values];
    }

    /// <summary>The objects that have this value in the named index, in no particular order.</summary>
    /// <exception cref="ArgumentException">No such index.</exception>
    public IReadOnlyList<T> ByIndex(string index, string value)
    {
        lock (Gate)
            return [.. Index(index).Keys(value).Select(key => _items[key])];
    }

    /// <summary>Adds or replaces an object.</summary>
    public StoreChange<T> Upsert(T item)
    {
        lock (Gate)
        {
            var old = _items.GetValueOrDefault(item.Key);
            _items[item.Key] = item;
            Advance(item.Metadata.ResourceVersion);
            var kind = old is null ? StoreChangeKind.Added : StoreChangeKind.Updated;
            return Apply(new StoreChange<T>(kind, item.Key, old, item));
        }
    }

    /// <summary>Removes an object. Null if it was not in the store.</summary>
    public StoreChange<T>? Delete(T item)
    {
        lock (Gate)
        {
            Advance(item.Metadata.ResourceVersion);
            if (!_items.Remove(item.Key, out var old))
                return null;

            // The indexes refer to the stored object; the caller gets the last state, which came with the deletion.
            return Apply(new StoreChange<T>(StoreChangeKind.Deleted, item.Key, old, null)) with { Old = item };
        }
    }

    /// <summary>
    /// Makes the store hold exactly these objects. Each known key that is not among them results in a deletion whose final state is
    /// unknown.
    /// </summary>
    /// <param name="items">The objects.</param>
    /// <param name="resourceVersion">The version of the list that they come from.</param>
    /// <param name="namespace">If only this namespace was listed; what is in others stays then.</param>
    public IReadOnlyList<StoreChange<T>> Replace(IReadOnlyCollection<T> items, string resourceVersion, string? @namespace = null)
    {
        lock (Gate)
        {
            var changes = new List<StoreChange<T>>(items.Count);
            var listed = items.Select(item => item.Key).ToHashSet();
            foreach (var key in _items.Keys.Where(IsGone).ToArray())
            {
                _items.Remove(key, out var old);
                changes.Add(Apply(new StoreChange<T>(StoreChangeKind.Deleted, key, old, null, IsFinalStateUnknown: true)));
            }

            changes.AddRange(items.Select(Upsert));
            _resourceVersion = resourceVersion;
            foreach (var observer in _observers)
                observer.Replaced(resourceVersion, @namespace);
            return changes;

            bool IsGone(ResourceKey key) => (@namespace is null || key.Namespace == @namespace) && !listed.Contains(key);
        }
    }

    /// <summary>
    /// Puts a fuller object in place of one of the same version. Nothing has changed by that, so that nobody is told. Does nothing if the
    /// object is not there, or in another version.
    /// </summary>
    public void Refine(T item)
    {
        lock (Gate)
        {
            if (_items.GetValueOrDefault(item.Key) is { } known && known.Metadata.Uid == item.Metadata.Uid
                && known.Metadata.ResourceVersion == item.Metadata.ResourceVersion)
            {
                _items[item.Key] = item;
                foreach (var index in _indexes.Values)
                    index.Update(item.Key, known, item);
            }
        }
    }

    /// <summary>Records that everything up to this version has been seen.</summary>
    public void Bookmark(string resourceVersion)
    {
        lock (Gate)
            Advance(resourceVersion);
    }

    void IReflectorStore<T>.Replace(IReadOnlyCollection<T> items, string resourceVersion) => Replace(items, resourceVersion);

    void IReflectorStore<T>.Upsert(T item) => Upsert(item);

    void IReflectorStore<T>.Delete(T item) => Delete(item);

    internal void Attach(IStoreObserver<T> observer)
    {
        lock (Gate)
            _observers.Add(observer);
    }

    internal void Detach(IStoreObserver<T> observer)
    {
        lock (Gate)
            _observers.Remove(observer);
    }

    internal bool HasIndexValue(string index, T item, string value) => Index(index).Values(item).Contains(value, StringComparer.Ordinal);

    internal int BucketCount(string index)
    {
        lock (Gate)
            return Index(index).BucketCount;
    }

    private StoreIndex<T> Index(string name) =>
        _indexes.TryGetValue(name, out var index) ? index : throw new ArgumentException($"There is no index {name}.", nameof(name));

    private void Advance(string resourceVersion)
    {
        if (resourceVersion.Length > 0)
            _resourceVersion = resourceVersion;
    }

    private StoreChange<T> Apply(StoreChange<T> change)
    {
        foreach (var index in _indexes.Values)
            index.Update(change.Key, change.Old, change.New);
        foreach (var observer in _observers)
            observer.Changed(change);
        return change;
    }
}
