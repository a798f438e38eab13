namespace PrEnv.Core.Resources;

/// <summary><c>spec.namespace</c>.</summary>
public sealed record NamespaceSettings
{
    /// <summary>Name with placeholders; null: environments get no namespace of their own.</summary>
    public string? Template { get; init; }

    /// <summary>Labels with placeholders in their values; default none.</summary>
    public IReadOnlyDictionary<string, string?>? Labels { get; init; }

    /// <summary>Annotations with placeholders in their values; default none.</summary>
    public IReadOnlyDictionary<string, string?>? Annotations { get; init; }
}
