namespace PrEnv.Core.Resources;

/// <summary><c>spec.waitFor</c>.</summary>
public sealed record WaitFor
{
    /// <summary>Names of check runs or contexts of commit statuses; default: none.</summary>
    public IReadOnlyList<string?>? Checks { get; init; }

    /// <summary>Go duration; default <c>1h</c>.</summary>
    public string? Timeout { get; init; }
}
