using System.Collections.Immutable;
using PrEnv.Core.Objects;
using PrEnv.Core.Resources;

namespace PrEnv.Core.Plans;

/// <summary>What is known of the namespaces that a resource has created or might create.</summary>
public sealed record NamespaceReading
{
    /// <summary>Nothing: the resource has no namespaces and asks for none.</summary>
    public static NamespaceReading None { get; } = new();

    /// <summary>
    /// Those whose labels name the resource, and those that exist among the ones that were asked for by name, see
    /// <see cref="Questions.Namespaces"/>.
    /// </summary>
    public ImmutableArray<ClusterNamespace> Found { get; init; } = [];

    /// <summary>Why they could not be read; null if they could.</summary>
    public ApiStatus? Failure { get; init; }

    /// <summary>By UID: what was applied without effect, because an admission policy changes it. Not applied again.</summary>
    public IReadOnlyDictionary<string, string> Overridden { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The namespace of that name; null if it was not found.</summary>
    public ClusterNamespace? Find(string name) => Found.FirstOrDefault(n => n.Metadata.Name == name);
}
