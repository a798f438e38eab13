namespace PrEnv.Core.Resources;

/// <summary><c>spec.expiry</c>.</summary>
public sealed record Expiry
{
    /// <summary>Go duration; null: no environment expires.</summary>
    public string? IdleTimeout { get; init; }

    /// <summary>A pull request with one of these labels never expires; default: none.</summary>
    public IReadOnlyList<string?>? KeepLabels { get; init; }
}
