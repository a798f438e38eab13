namespace PrEnv.Core.Resources;

/// <summary><c>spec.healthCheck</c>.</summary>
public sealed record HealthCheck
{
    /// <summary>Go duration; default <c>30m</c>.</summary>
    public string? Timeout { get; init; }

    /// <summary>Go duration; default <c>5s</c>.</summary>
    public string? RequestTimeout { get; init; }

    /// <summary>Default 200 alone.</summary>
    public IReadOnlyList<int>? ExpectedStatusCodes { get; init; }

    /// <summary>Authorities to trust in addition to the system's; default key <c>ca.crt</c>.</summary>
    public SecretKeyReference? CaSecretRef { get; init; }

    /// <summary>Headers to send: each key is a name.</summary>
    public SecretReference? HeadersSecretRef { get; init; }
}
