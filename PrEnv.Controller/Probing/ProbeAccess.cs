using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Probing;

/// <summary>
/// Reads the Secrets that probes need, when they need them; a change counts for the probes after half a minute. Thread-safe.
/// </summary>
internal sealed class ProbeAccess : IDisposable
{
    /// <summary>How long what was read is used.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, string> NoHeaders = [];

    private readonly ProbeClients _clients;
    private readonly ISecretReader _secrets;
    private readonly HttpMessageInvoker _plain;
    private readonly KeptReadings<SecretKey, (HttpMessageInvoker? Client, string? Problem)> _trusting;
    private readonly KeptReadings<ResourceKey, SecretValues> _headers;

    public ProbeAccess(ProbeClients clients, ISecretReader secrets, TimeProvider time)
    {
        (_clients, _secrets) = (clients, secrets);
        _plain = clients.Create(authorities: null);
        _trusting = new KeptReadings<SecretKey, (HttpMessageInvoker? Client, string? Problem)>(ReadAuthoritiesAsync, time);
        _headers = new KeptReadings<ResourceKey, SecretValues>(ReadHeadersAsync, time);
    }

    /// <summary>The client and the headers for a probe; or a sentence that says what is wrong with a Secret.</summary>
    /// <exception cref="ApiStatusException">The API server does not answer.</exception>
    public async Task<(ProbeMeans? Means, string? Problem)> GetAsync(ProbeSecrets secrets, CancellationToken cancellationToken)
    {
        var client = _plain;
        if (secrets.Authorities is { } key)
        {
            var (trusting, problem) = await _trusting.GetAsync(key, Fresh, cancellationToken);
            if (trusting is null)
                return (null, problem);
            client = trusting;
        }

        if (secrets.Headers is not { } secret)
            return (new ProbeMeans(client, NoHeaders), null);
        var headers = await _headers.GetAsync(secret, Fresh, cancellationToken);
        return headers.Values is { } values ? (new ProbeMeans(client, values), null) : (null, headers.Problem);
    }

    public void Dispose() => _plain.Dispose();

    // The clients are not disposed of: they keep no connection, and a probe may still be using one.
    private async Task<(HttpMessageInvoker? Client, string? Problem)> ReadAuthoritiesAsync(SecretKey key)
    {
        var read = await _secrets.ReadAsync(key.Namespace, key.Name, key.Key, CancellationToken.None);
        if (read.Value is not { } pem)
            return (null, read.Problem);
        return ProbeAuthorities.Parse(pem) is { } authorities
            ? (_clients.Create(authorities), null)
            : (null, $"The key \"{key.Key}\" of Secret {key.Namespace}/{key.Name} must contain certificates in PEM format, and nothing "
                + "broken.");
    }

    private async Task<SecretValues> ReadHeadersAsync(ResourceKey secret)
    {
        var read = await _secrets.ReadAllAsync(secret.Namespace, secret.Name, CancellationToken.None);
        return read.Values is { } values && ProbeHeaders.ProblemOf(values) is { } problem
            ? new SecretValues(null, $"Secret {secret} {problem}.")
            : read;
    }
}

/// <summary>What a probe is made with.</summary>
/// <param name="Client">Trusts what it has to trust.</param>
/// <param name="Headers">To be sent to the probed URL's own origin only.</param>
internal sealed record ProbeMeans(HttpMessageInvoker Client, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Never the headers.</summary>
    public override string ToString() => "***";
}
