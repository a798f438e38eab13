using PrEnv.Core.Objects;

namespace PrEnv.Core.Informers;

/// <summary>A part of a kind's objects that is listed and watched by itself.</summary>
/// <param name="Namespace">The only namespace of these objects; null: they are in any.</param>
/// <param name="ListWatch">How they are read.</param>
public sealed record InformerSource<T>(string? Namespace, IListWatch<T> ListWatch)
    where T : class, IClusterObject
{
    /// <summary>Of the reflector; null: objects are kept as they are read.</summary>
    public Func<T, T>? Transform { get; init; }
}
