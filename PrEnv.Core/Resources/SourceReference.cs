namespace PrEnv.Core.Resources;

/// <summary>Reference to a Flux source.</summary>
public sealed record SourceReference
{
    /// <summary>For example <c>GitRepository</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Name of the source.</summary>
    public string? Name { get; init; }

    /// <summary>Namespace of the source; null means the release's own.</summary>
    public string? Namespace { get; init; }
}
