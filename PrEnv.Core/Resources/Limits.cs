namespace PrEnv.Core.Resources;

/// <summary><c>spec.limits</c>.</summary>
public sealed record Limits
{
    /// <summary>How many environments there may be at once; 0, the default: any number.</summary>
    public int? MaxEnvironments { get; init; }
}
