namespace PrEnv.Core.Resources;

/// <summary>A key of a Secret.</summary>
public sealed record SecretKeyReference
{
    /// <summary>Name of the Secret.</summary>
    public string? Name { get; init; }

    /// <summary>Namespace; default: the resource's own.</summary>
    public string? Namespace { get; init; }

    /// <summary>Key; the default is that of the field, such as <c>token</c>.</summary>
    public string? Key { get; init; }
}
