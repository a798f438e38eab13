using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Http;
using PrEnv.Core.Model;

namespace PrEnv.Controller.GitHub.Channels;

/// <summary>
/// One channel per API and credential, kept as long as it is used: what is known of a rate limit must outlive the request that met it.
/// Bounded: idle channels go after a while, and the longest unused one goes when there are too many.
/// </summary>
internal sealed class GitHubChannelPool(
    GitHubClientOptions options,
    GitHubConnectionFactory connections,
    PageCache cache,
    TimeProvider timeProvider,
    ILogger<GitHubChannelPool> logger)
{
    private static readonly GitHubFault NoToken = new(
        UnavailableReason.Unauthorized,
        "The token in the Secret is empty, or has characters that no token has, such as a line break. Put a valid one into the Secret.");

    private readonly Lock _lock = new();
    private readonly Dictionary<(Uri ApiUrl, string CredentialId), Entry> _entries = [];

    /// <summary>Channels that are remembered.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _entries.Count;
        }
    }

    /// <summary>The channel for that API and credential. Throws <see cref="GitHubFaultException"/> for a token that cannot be sent.</summary>
    public Lease Rent(RepositoryAccess access)
    {
        if (!GitHubConnectionFactory.IsSendable(access.Credential)) throw new GitHubFaultException(NoToken);

        lock (_lock)
        {
            var now = timeProvider.GetUtcNow();
            var key = (access.ApiUrl, access.Credential.Id);
            if (!_entries.TryGetValue(key, out var entry))
            {
                Evict(now);
                entry = new Entry(Create(access));
                _entries.Add(key, entry);
            }

            entry.Leases++;
            entry.LastUsed = now;
            return new Lease(this, entry);
        }
    }

    private GitHubChannel Create(RepositoryAccess access)
    {
        var gate = new CredentialGate(options.LongestTurn, timeProvider);
        var limits = new RateLimitState(timeProvider);
        var writes = new WriteBudget(options.WriteBurst, options.WritesPerMinute, timeProvider);
        var connection = connections.Create(access.ApiUrl, access.Credential, limits);
        return new GitHubChannel(connection, cache, access.Credential.Id, gate, limits, writes, logger);
    }

    /// <summary>
    /// Only at the birth of a channel, the one time at which the pool grows. One in use stays, and so, if it can, does one under a limit.
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
