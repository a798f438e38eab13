using System.Collections.Immutable;
using PrEnv.Core.Templates;

namespace PrEnv.Core.Spec;

/// <summary>The namespace that each environment gets.</summary>
/// <param name="Name">Makes a DNS-1123 label for every pull request.</param>
public sealed record NamespacePolicy(TextTemplate Name)
{
    /// <summary>Its labels, by name; for some pull request a value may not be valid.</summary>
    public ImmutableSortedDictionary<string, TextTemplate> Labels { get; init; } =
        ImmutableSortedDictionary.Create<string, TextTemplate>(StringComparer.Ordinal);

    /// <summary>Its annotations, by name.</summary>
    public ImmutableSortedDictionary<string, TextTemplate> Annotations { get; init; } =
        ImmutableSortedDictionary.Create<string, TextTemplate>(StringComparer.Ordinal);
}
