namespace PrEnv.Core.Objects;

/// <summary>An object that is listed and watched. Instances from a store are shared: never change one.</summary>
public interface IClusterObject
{
    /// <summary>Identity, version and labels.</summary>
    ObjectMeta Metadata { get; }

    /// <summary>Namespace and name.</summary>
    ResourceKey Key => Metadata.Key;
}
