using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>Sees a store change, in order and under its lock: be quick and do not throw.</summary>
internal interface IStoreObserver<T>
    where T : class, IClusterObject
{
    void Changed(StoreChange<T> change);

    /// <summary>A list of this version replaced everything, or everything in that namespace. Comes after its changes.</summary>
    void Replaced(string resourceVersion, string? @namespace);
}
