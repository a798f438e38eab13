using System.Collections.Concurrent;
using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Core.Objects;

namespace PrEnv.Tests.Probing;

/// <summary>An API server's Secrets without the API server; what is counted is what it would have been asked.</summary>
internal sealed class StubSecrets : ISecretReader
{
    private readonly ConcurrentDictionary<string, Dictionary<string, string>> _secrets = new(StringComparer.Ordinal);

    public int Reads { get; private set; }

    public bool IsDown { get; set; }

    public void Set(string name, params (string Key, string Value)[] data) =>
        _secrets[name] = data.ToDictionary(d => d.Key, d => d.Value, StringComparer.Ordinal);

    public async Task<SecretReading> ReadAsync(string @namespace, string name, string key, CancellationToken cancellationToken)
    {
        var read = await ReadAllAsync(@namespace, name, cancellationToken);
        return read.Values is { } values ? new SecretReading(values[key], null) : new SecretReading(null, read.Problem);
    }

    public Task<SecretValues> ReadAsync(
        string @namespace, string name, IReadOnlyList<string> required, IReadOnlyList<string> optional,
        CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SecretValues> ReadAllAsync(string @namespace, string name, CancellationToken cancellationToken)
    {
        Reads++;
        if (IsDown)
            throw new ApiStatusException(new ApiStatus(503, "ServiceUnavailable", "down"));
        return Task.FromResult(
            _secrets.TryGetValue(name, out var data)
                ? new SecretValues(data, null)
                : new SecretValues(null, $"Secret {@namespace}/{name} does not exist: create it."));
    }
}
