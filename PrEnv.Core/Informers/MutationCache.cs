using PrEnv.Core.Objects;
using PrEnv.Core.Timing;

namespace PrEnv.Core.Informers;

/// <summary>
/// A store with our own writes overlaid, so that a read right after a write never sees an older state: the watch returns a write
/// only a moment later. Thread-safe, and atomic with the store.
/// </summary>
/// <remarks>
/// A write is overlaid until the store has that version or a newer one, has seen the object deleted, or the time to live is over.
/// Versions are compared as numbers. If they are not numbers, the write counts until the store's object changes in any way.
/// </remarks>
public sealed class MutationCache<T> : IStoreObserver<T>, IDisposable
    where T : class, IClusterObject
{
    private readonly Store<T> _store;
    private readonly ExpiringMap<ResourceKey, Mutation> _mutations;

    // The answer to a write may arrive after the watch has reported the object's deletion.
    private readonly ExpiringMap<string, bool> _goneUids;

    /// <summary>Creates an empty overlay.</summary>
    /// <param name="store">The store below.</param>
    /// <param name="timeToLive">How long a write may be overlaid on a store that does not catch up: longer than a list takes.</param>
    /// <param name="time">The clock.</param>
    public MutationCache(Store<T> store, TimeSpan timeToLive, TimeProvider time)
    {
        _store = store;
        _mutations = new ExpiringMap<ResourceKey, Mutation>(time, timeToLive);
        _goneUids = new ExpiringMap<string, bool>(time, timeToLive);
        store.Attach(this);
    }

    /// <summary>The number of overlaid writes.</summary>
    public int Count
    {
        get
        {
            lock (_store.Gate)
                return _mutations.ToList().Count;
        }
    }

    /// <summary>Adds an object that the server returned for our own create, update or patch.</summary>
    public void Mutated(T item)
    {
        lock (_store.Gate)
        {
            if (_goneUids.ContainsKey(item.Metadata.Uid))
                return;
            if (_mutations.TryGet(item.Key, out var earlier) && IsOlder(item, earlier.Item))
                return;
            var mutation = new Mutation(item, _store.Get(item.Key));
            if (!HasCaughtUp(mutation, mutation.Below))
                _mutations.Set(item.Key, mutation);
        }
    }

    /// <summary>The newer of the store's object and our own write, or null.</summary>
    public T? Get(ResourceKey key)
    {
        lock (_store.Gate)
            return _mutations.TryGet(key, out var mutation) ? mutation.Item : _store.Get(key);
    }

    /// <summary>Like <see cref="Store{T}.List"/>, including our own writes.</summary>
    public IReadOnlyList<T> List()
    {
        lock (_store.Gate)
            return Overlay(_store.List(), static _ => true);
    }

    /// <summary>Like <see cref="Store{T}.ByIndex"/>, including our own writes.</summary>
    /// <exception cref="ArgumentException">No such index.</exception>
    public IReadOnlyList<T> ByIndex(string index, string value)
    {
        lock (_store.Gate)
            return Overlay(_store.ByIndex(index, value), item => _store.HasIndexValue(index, item, value));
    }

    /// <summary>Stops following the store.</summary>
    public void Dispose()
    {
        lock (_store.Gate)
        {
            _store.Detach(this);
            _mutations.Clear();
        }
    }

    void IStoreObserver<T>.Changed(StoreChange<T> change)
    {
        if (change.Old is { } old && old.Metadata.Uid != change.New?.Metadata.Uid)
            UidIsGone(change.Key, old.Metadata.Uid);
        // If objects are selected by label, a removed one may be back unchanged.
        if (change.New is { } now)
            _goneUids.Remove(now.Metadata.Uid);
        if (_mutations.TryGet(change.Key, out var mutation) && HasCaughtUp(mutation, change.New))
            _mutations.Remove(change.Key);
    }

    // A list at or after our write without the object proves that it is gone: it was created and deleted unseen.
    void IStoreObserver<T>.Replaced(string resourceVersion, string? @namespace)
    {
        foreach (var (key, mutation) in _mutations.ToList())
        {
            if ((@namespace is null || key.Namespace == @namespace) && _store.Get(key) is null
                && ResourceVersions.IsAtLeast(resourceVersion, Version(mutation.Item)) is true)
            {
                _mutations.Remove(key);
            }
        }
    }

    private static string Version(T item) => item.Metadata.ResourceVersion;

    private static bool IsOlder(T item, T other) => ResourceVersions.IsAtLeast(Version(item), Version(other)) is false;

    private static bool HasCaughtUp(Mutation mutation, T? below)
    {
        if (below is null)
            return false;
        return ResourceVersions.IsAtLeast(Version(below), Version(mutation.Item))
            ?? (Version(below) == Version(mutation.Item) || !ReferenceEquals(below, mutation.Below));
    }

    private List<T> Overlay(IReadOnlyList<T> below, Func<T, bool> matches) =>
    [
        .. below.Where(item => !_mutations.ContainsKey(item.Key)),
        .. _mutations.ToList().Select(entry => entry.Value.Item).Where(matches),
    ];

    private void UidIsGone(ResourceKey key, string uid)
    {
        if (uid.Length > 0)
            _goneUids.Set(uid, true);
        if (_mutations.TryGet(key, out var mutation) && mutation.Item.Metadata.Uid == uid)
            _mutations.Remove(key);
    }

    /// <summary>A write, and what the store had at the time.</summary>
    private sealed record Mutation(T Item, T? Below);
}
