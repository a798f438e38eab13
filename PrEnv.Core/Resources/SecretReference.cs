namespace PrEnv.Core.Resources;

/// <summary>A Secret.</summary>
public sealed record SecretReference
{
    /// <summary>Name of the Secret.</summary>
    public string? Name { get; init; }

    /// <summary>Namespace; default: the resource's own.</summary>
    public string? Namespace { get; init; }
}
