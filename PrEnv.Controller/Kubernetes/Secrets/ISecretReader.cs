namespace PrEnv.Controller.Kubernetes.Secrets;

/// <summary>Reads Secrets, one at a time, never a list.</summary>
internal interface ISecretReader
{
    /// <summary>
    /// The value of one key, trimmed; or a sentence that says what is missing and how to fix it. Throws
    /// <see cref="Core.Objects.ApiStatusException"/> when the API server does not answer.
    /// </summary>
    Task<SecretReading> ReadAsync(string @namespace, string name, string key, CancellationToken cancellationToken);

    /// <summary>
    /// The values of several keys of one Secret, by one request, trimmed; those of <paramref name="optional"/> keys only where there are
    /// any. Or a sentence, and exceptions, as above.
    /// </summary>
    Task<SecretValues> ReadAsync(
        string @namespace, string name, IReadOnlyList<string> required, IReadOnlyList<string> optional,
        CancellationToken cancellationToken);

    /// <summary>
    /// The values of all keys of one Secret, trimmed; one that is empty is a problem. Or a sentence, and exceptions, as above.
    /// </summary>
    Task<SecretValues> ReadAllAsync(string @namespace, string name, CancellationToken cancellationToken);
}

/// <summary>Either the values by key, or why they are missing.</summary>
internal readonly record struct SecretValues(IReadOnlyDictionary<string, string>? Values, string? Problem)
{
    /// <summary>Never the values.</summary>
    public override string ToString() => Problem ?? "***";
}

/// <summary>Either the value, or why it is missing.</summary>
internal readonly record struct SecretReading(string? Value, string? Problem)
{
    /// <summary>Never the value.</summary>
    public override string ToString() => Problem ?? "***";
}
