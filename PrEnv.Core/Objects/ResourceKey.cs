namespace PrEnv.Core.Objects;

/// <summary>Names one namespaced object of a cluster. Immutable, compared by value.</summary>
public readonly record struct ResourceKey(string Namespace, string Name)
{
    /// <summary><c>namespace/name</c>, as kubectl and client-go print it.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}
