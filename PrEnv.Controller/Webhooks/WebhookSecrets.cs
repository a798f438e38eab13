using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Core.Objects;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Webhooks;

/// <summary>
/// The shared secrets of webhooks, kept for a short while: a flood of deliveries must not become a flood of requests for Secrets.
/// Thread-safe.
/// </summary>
internal sealed partial class WebhookSecrets(ISecretReader reader, TimeProvider time, ILogger<WebhookSecrets> logger)
{
    /// <summary>How long a secret is kept.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromSeconds(60);

    /// <summary>How soon it is read again when a signature does not match: it may have been rotated.</summary>
    internal static readonly TimeSpan Doubted = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<SecretKey, Entry> _entries = [];

    /// <summary>The secret; null when it is not available, which the log explains.</summary>
    /// <param name="key">Where it is stored.</param>
    /// <param name="isDoubted">A signature did not match the one that was returned before.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ApiStatusException">The API server does not answer.</exception>
    public async Task<string?> GetAsync(SecretKey key, bool isDoubted, CancellationToken cancellationToken)
    {
        var entry = Find(key, isDoubted ? Doubted : Fresh);
        try
        {
            return await entry.Value.WaitAsync(cancellationToken);
        }
        catch (ApiStatusException)
        {
            // This answer is not worth keeping.
            Forget(key, entry);
            throw;
        }
    }

    // Under a lock, so that many concurrent deliveries lead to one request.
    private Entry Find(SecretKey key, TimeSpan limit)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out var known) && time.GetElapsedTime(known.ReadAt) < limit)
                return known;
            foreach (var old in _entries.Where(e => time.GetElapsedTime(e.Value.ReadAt) >= Forgotten).ToList())
                _entries.Remove(old.Key);
            return _entries[key] = new Entry(time.GetTimestamp(), Task.Run(() => ReadAsync(key)));
        }
    }

    private void Forget(SecretKey key, Entry entry)
    {
        lock (_lock)
        {
            if (_entries.GetValueOrDefault(key) == entry)
                _entries.Remove(key);
        }
    }

    private async Task<string?> ReadAsync(SecretKey key)
    {
        var secret = await reader.ReadAsync(key.Namespace, key.Name, key.Key, CancellationToken.None);
        if (secret.Problem is { } problem)
            LogUnusable(problem);
        return secret.Value;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Rejecting webhooks: {Problem}")]
    private partial void LogUnusable(string problem);

    private sealed record Entry(long ReadAt, Task<string?> Value);
}
