using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>
/// Is called with every change of a <see cref="SharedInformer{T}"/>, one call at a time and in order. It may be slow: it delays only
/// itself. What it throws is logged. Objects are shared: never change one.
/// </summary>
public interface IInformerHandler<T>
    where T : class, IClusterObject
{
    /// <summary>The object exists.</summary>
    /// <param name="item">The object.</param>
    /// <param name="isInInitialList">Did it already exist when the handler was registered, or when the informer first listed?</param>
    void OnAdded(T item, bool isInInitialList);

    /// <summary>
    /// The object changed, or a resync replays it: then both are the same. Both are the same object: if one was deleted and
    /// recreated unseen, <see cref="OnDeleted"/> and <see cref="OnAdded"/> are called instead.
    /// </summary>
    void OnUpdated(T old, T item);

    /// <summary>The object is gone.</summary>
    void OnDeleted(Tombstone<T> tombstone);
}
