using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Core.Objects;

namespace PrEnv.Controller.Webhooks;

/// <summary>
/// The shared secrets of webhooks, kept for a short while: a flood of deliveries must not become a flood of requests for Secrets.
/// Thread-safe.
/// </summary>
internal sealed partial class WebhookSecrets
{
    /// <summary>How long a secret is kept.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);

    /// <summary>How soon it is read again when a signature does not match: it may have been rotated.</summary>
    internal static readonly TimeSpan Doubted = TimeSpan.FromSeconds(5);

    private readonly ISecretReader _reader;
    private readonly ILogger<WebhookSecrets> _logger;
    private readonly KeptReadings<SecretKey, string?> _kept;

    public WebhookSecrets(ISecretReader reader, TimeProvider time, ILogger<WebhookSecrets> logger)
    {
        (_reader, _logger) = (reader, logger);
        _kept = new KeptReadings<SecretKey, string?>(ReadAsync, time);
    }

    /// <summary>The secret; null when it is not available, which the log explains.</summary>
    /// <param name="key">Where it is stored.</param>
    /// <param name="isDoubted">A signature did not match the one that was returned before.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ApiStatusException">The API server does not answer.</exception>
    public Task<string?> GetAsync(SecretKey key, bool isDoubted, CancellationToken cancellationToken) =>
        _kept.GetAsync(key, isDoubted ? Doubted : Fresh, cancellationToken);

    private async Task<string?> ReadAsync(SecretKey key)
    {
        var secret = await _reader.ReadAsync(key.Namespace, key.Name, key.Key, CancellationToken.None);
        if (secret.Problem is { } problem)
            LogUnusable(problem);
        return secret.Value;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rejecting webhooks: {Problem}")]
    private partial void LogUnusable(string problem);
}
