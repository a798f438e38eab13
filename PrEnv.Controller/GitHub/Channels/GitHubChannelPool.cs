using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Apps;
using PrEnv.Controller.GitHub.Budgets;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Http;

namespace PrEnv.Controller.GitHub.Channels;

/// <summary>
/// One channel per API and credential, kept while it is used: what is known of a rate limit must outlive the request that reached it.
/// Each of an App's tokens is for one repository: the App has a channel for each, all with the same budget.
/// Bounded: idle channels are removed after a while, and if there are too many, the one that has been idle longest.
/// </summary>
internal sealed class GitHubChannelPool(
    GitHubClientOptions options,
    GitHubConnectionFactory connections,
    PageCache cache,
    GitHubMetrics metrics,
    TimeProvider timeProvider,
    ILogger<GitHubChannelPool> logger)
{
    private static readonly GitHubFault NoToken = new(
        GitHubFaultKind.CredentialRefused,
        "The token in the Secret is empty or contains invalid characters, such as a line break. Put a valid one in the Secret.");

    private readonly Lock _lock = new();
    private readonly Dictionary<ChannelKey, Entry> _entries = [];

    /// <summary>Channels that are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <summary>
    /// The channel for that API and credential. Throws <see cref="GitHubFaultException"/> for a token that cannot be sent.
    /// </summary>
    public Lease Rent(RepositoryAccess access)
    {
        var credential = access.Credential;
        if (!GitHubConnectionFactory.IsSendable(credential.Token))
            throw new GitHubFaultException(NoToken);

        return credential.App is { } app
            ? Rent(
                new ChannelKey(access.ApiUrl, credential.Id, $"{access.Owner}/{access.Name} {access.Permissions}".ToUpperInvariant()),
                new InstallationTokens(app, access, () => RentApp(access.ApiUrl, app), timeProvider))
            : Rent(new ChannelKey(access.ApiUrl, credential.Id, ""), credential.Token is { } token ? new FixedToken(token) : null);
    }

    /// <summary>The channel for an App's own requests.</summary>
    private Lease RentApp(Uri apiUrl, AppIdentity app) =>
        Rent(new ChannelKey(apiUrl, app.Fingerprint, ""), new AppJwt(app, timeProvider));

    private Lease Rent(ChannelKey key, ITokenSource? tokens)
    {
        lock (_lock)
        {
            var now = timeProvider.GetUtcNow();
            if (!_entries.TryGetValue(key, out var entry))
            {
                Evict(now);
                entry = new Entry(Create(key, tokens));
                _entries.Add(key, entry);
            }

            entry.Leases++;
            entry.LastUsed = now;
            return new Lease(this, entry);
        }
    }

    private GitHubChannel Create(ChannelKey key, ITokenSource? tokens)
    {
        var budget =
            _entries.FirstOrDefault(e => e.Key.ApiUrl == key.ApiUrl && e.Key.CredentialId == key.CredentialId).Value?.Channel.Budget
            ?? new CredentialBudget(key.CredentialId, options, metrics, timeProvider);
        var moved = new MovedRepositories(key.ApiUrl, timeProvider);
        return new GitHubChannel(connections.Create(key.ApiUrl, tokens, budget, moved), key.ApiUrl, cache, budget, moved, logger);
    }

    /// <summary>
    /// Called only when a channel is created, which is when the pool grows. A channel in use is kept, and so, if possible, is one under a
    /// limit.
    /// </summary>
    private void Evict(DateTimeOffset now)
    {
        var unused = _entries.Where(e => e.Value.Leases == 0)
            .OrderBy(e => e.Value.Channel.Limit is not null)
            .ThenBy(e => e.Value.LastUsed)
            .ToList();
        var tooMany = _entries.Count + 1 - options.MaxChannels;
        foreach (var (key, entry) in unused)
        {
            var isIdle = now - entry.LastUsed >= options.ChannelIdleTime;
            if (isIdle || tooMany > 0)
            {
                _entries.Remove(key);
                tooMany--;
                if (_entries.Keys.All(other => other.CredentialId != key.CredentialId))
                    metrics.Forget(key.CredentialId);
            }
        }
    }

    private void Return(Entry entry)
    {
        lock (_lock)
        {
            entry.Leases--;
            entry.LastUsed = timeProvider.GetUtcNow();
        }
    }

    private readonly record struct ChannelKey(Uri ApiUrl, string CredentialId, string Scope);

    internal sealed class Entry(GitHubChannel channel)
    {
        public GitHubChannel Channel { get; } = channel;

        public int Leases { get; set; }

        public DateTimeOffset LastUsed { get; set; }
    }

    /// <summary>Keeps a channel in the pool until it is disposed of, once.</summary>
    internal sealed class Lease(GitHubChannelPool pool, Entry entry) : IDisposable
    {
        public GitHubChannel Channel => entry.Channel;

        public void Dispose() => pool.Return(entry);
    }
}
