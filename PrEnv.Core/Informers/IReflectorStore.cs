using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>Where a <see cref="Reflector{T}"/> puts what it reads. One caller at a time. Implementations must not throw.</summary>
public interface IReflectorStore<in T>
    where T : class, IClusterObject
{
    /// <summary>The complete current state, and its version.</summary>
    void Replace(IReadOnlyCollection<T> items, string resourceVersion);

    /// <summary>The object exists, new or changed.</summary>
    void Upsert(T item);

    /// <summary>The object is gone; this is its last state.</summary>
    void Delete(T item);

    /// <summary>Everything up to this version has been seen.</summary>
    void Bookmark(string resourceVersion);
}
