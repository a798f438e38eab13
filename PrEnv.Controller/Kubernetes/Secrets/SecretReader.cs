using System.Net;
using System.Text;
using PrEnv.Controller.Kubernetes.Client;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Kubernetes.Secrets;

/// <summary>
/// Reads one Secret when it is needed. Nothing is listed, watched or kept, so the controller holds only the tokens that it uses and needs
/// permission to read only those. Thread-safe.
/// </summary>
internal sealed class SecretReader(RawKubernetes client) : ISecretReader
{
    /// <summary>Is it a person who reads, and not the controller's service account?</summary>
    public bool IsPersons { get; init; }

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public async Task<SecretReading> ReadAsync(string @namespace, string name, string key, CancellationToken cancellationToken)
    {
        var read = await ReadAsync(@namespace, name, [key], [], cancellationToken);
        return new SecretReading(read.Values?[key], read.Problem);
    }

    public Task<SecretValues> ReadAsync(
        string @namespace, string name, IReadOnlyList<string> required, IReadOnlyList<string> optional,
        CancellationToken cancellationToken) => ReadAsync(@namespace, name, required, _ => optional, cancellationToken);

    public Task<SecretValues> ReadAllAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        ReadAsync(@namespace, name, [], data => [.. data.Keys], cancellationToken);

    private async Task<SecretValues> ReadAsync(
        string @namespace, string name, IReadOnlyList<string> required,
        Func<IReadOnlyDictionary<string, string?>, IReadOnlyList<string>> optional, CancellationToken cancellationToken)
    {
        var secret = $"Secret {@namespace}/{name}";
        try
        {
            var path = ApiResource.Secrets.ObjectPath(@namespace, name);
            var reply = await client.SendAsync(ApiRequest.Get(path), ApiJson.Default.SecretBody, cancellationToken);
            var data = reply.Value.Data ?? new Dictionary<string, string?>(StringComparer.Ordinal);
            return Decode(data, secret, required, optional(data));
        }
        catch (ApiStatusException e) when (e.Status is { IsNotFound: true } or { Code: (int)HttpStatusCode.Forbidden })
        {
            // Anything else says nothing about the Secret: the reconcile fails and is retried.
            return new SecretValues(null, Describe(e.Status, secret, @namespace, required));
        }
    }

    private static SecretValues Decode(
        IReadOnlyDictionary<string, string?> data, string secret, IReadOnlyList<string> required, IReadOnlyList<string> optional)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in required.Concat(optional))
        {
            if (data.GetValueOrDefault(key) is { } encoded)
            {
                var decoded = Decode(encoded, $"key \"{key}\" of {secret}");
                if (decoded.Value is null)
                    return new SecretValues(null, decoded.Problem);
                values[key] = decoded.Value;
            }
            else if (required.Contains(key, StringComparer.Ordinal))
            {
                return new SecretValues(null, $"{secret} has no key \"{key}\": add it, or correct the key in the reference.");
            }
        }

        return new SecretValues(values, null);
    }

    private static SecretReading Decode(string encoded, string what)
    {
        try
        {
            var value = StrictUtf8.GetString(Convert.FromBase64String(encoded)).Trim().Trim('\uFEFF').Trim();
            return value.Length > 0
                ? new SecretReading(value, null)
                : Problem($"The {what} is empty: set its value.");
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return Problem($"The {what} is not UTF-8 text: store the value as text.");
        }
    }

    private string Describe(ApiStatus status, string secret, string @namespace, IReadOnlyList<string> keys) => status switch
    {
        { IsNotFound: true } => keys switch
        {
            [] => $"{secret} does not exist: create it.",
            [var key] => $"{secret} does not exist: create it with the key \"{key}\".",
            _ => $"{secret} does not exist: create it with the keys {string.Join(", ", keys.Select(k => $"\"{k}\""))}.",
        },
        _ when IsPersons => $"You may not read {secret}: ask for the right to \"get\" secrets in namespace {@namespace}.",
        _ => $"The controller may not read {secret}: grant its service account \"get\" on secrets in namespace {@namespace}.",
    };

    private static SecretReading Problem(string sentence) => new(null, sentence);
}
