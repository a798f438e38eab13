using Microsoft.Extensions.Logging;
using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>Applies watch events to the store and advances the position. Unusable events are logged and skipped.</summary>
internal sealed class WatchEventApplier<T>(
    IReflectorStore<T> store, ReflectorPosition position, Func<T, T>? transform, ReflectorOptions options, ILogger logger)
    where T : class, IClusterObject
{
    // A watch without a version begins with synthetic additions in no order: continuing from one of them would lose the others.
    private bool _isOrdered;

    /// <summary>Call before the first event of a watch.</summary>
    public void Begin(WatchOptions watch, bool initialEventsRead) =>
        _isOrdered = initialEventsRead || watch.ResourceVersion is not ("" or "0");

    /// <summary>Always true: the stream is read to its end.</summary>
    /// <exception cref="ApiStatusException">The event is older than one before it: only a list can show what else is out of
    /// order.</exception>
    public bool Apply(WatchEvent<T> change)
    {
        _isOrdered |= change.Type is not WatchEventType.Added;
        var version = _isOrdered ? change.ResourceVersion ?? change.Object?.Metadata.ResourceVersion : null;
        if (ResourceVersions.IsAtLeast(version, position.LastSeen) is false)
        {
            throw new ApiStatusException(
                new ApiStatus(-1, "OutOfOrder", $"The watch went back from version {position.LastSeen} to {version}."));
        }

        if (TryStore(change) && version is { Length: > 0 })
            position.Advance(version);
        return true;
    }

    /// <summary>The object as it is to be stored.</summary>
    public T Transform(T item) => transform is null ? item : transform(item);

    private bool TryStore(WatchEvent<T> change)
    {
        if (change.Type == WatchEventType.Bookmark)
        {
            store.Bookmark(change.ResourceVersion ?? "");
            return true;
        }

        if (change.Object is null || change.Type is not (WatchEventType.Added or WatchEventType.Modified or WatchEventType.Deleted))
        {
            Log.EventSkipped(logger, options.Name, change.Type);
            return false;
        }

        return TryStore(change.Type, change.Object);
    }

    private bool TryStore(WatchEventType type, T item)
    {
        T transformed;
        try
        {
            transformed = Transform(item);
        }
        catch (Exception exception)
        {
            Log.TransformFailed(logger, exception, options.Name, item.Key);
            return false;
        }

        if (type == WatchEventType.Deleted)
            store.Delete(transformed);
        else
            store.Upsert(transformed);
        return true;
    }
}
