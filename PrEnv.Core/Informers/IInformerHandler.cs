using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>
/// Hears of every change of a <see cref="SharedInformer{T}"/>, one call at a time and in order. It may be slow: it keeps nobody but itself
/// waiting. What it throws is logged. Objects are shared: never change one.
/// </summary>
public interface IInformerHandler<T>
    where T : class, IClusterObject
{
    /// <summary>The object is there.</summary>
    /// <param name="item">The object.</param>
    /// <param name="isInInitialList">Was it there already when the handler was registered, or when the informer first listed?</param>
    void OnAdded(T item, bool isInInitialList);

    /// <summary>
    /// The object changed, or a resync replays it: then both are the same. It is one object before and after: of one that was deleted and
    /// made again unseen, <see cref="OnDeleted"/> and <see cref="OnAdded"/> tell.
    /// </summary>
    void OnUpdated(T old, T item);

    /// <summary>The object is gone.</summary>
    void OnDeleted(Tombstone<T> tombstone);
}
