using System.Collections.Immutable;
using PrEnv.Sandbox.Loopback;

namespace PrEnv.Sandbox.GitHub.State;

/// <summary>What the double knows. Thread-safe; everything that leaves is immutable.</summary>
internal sealed class GitHubState(TimeProvider time, ChangeSignal changed)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, RepositoryRecord> _repositories = [];

    // Former names stay: GitHub redirects them until another repository takes the name.
    private readonly Dictionary<string, long> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, AccessToken> _tokens = new(StringComparer.Ordinal);
    private long _lastId = 1000;

    public DateTimeOffset Now => time.GetUtcNow();

    public GitHubRepository CreateRepository(string owner, string name, bool isPrivate, long? id) => Change(() =>
    {
        var now = Now;
        var info = new GitHubRepository
        {
            Id = id ?? ++_lastId,
            Owner = owner,
            Name = name,
            IsPrivate = isPrivate,
            CreatedAt = now,
            PushedAt = now,
        };
        if (FindByName(owner, name) is { } taken && Named(taken, owner, name))
            throw new InvalidOperationException($"{info.FullName} exists.");
        _repositories.Add(info.Id, new RepositoryRecord(info));
        _names[info.FullName] = info.Id;
        return info;
    });

    public GitHubRepository RenameRepository(string owner, string name, string newOwner, string newName) => Change(() =>
    {
        var record = Require(owner, name);
        record.Change(info => info with { Owner = newOwner, Name = newName });
        _names[record.Info.FullName] = record.Info.Id;
        return record.Info;
    });

    public void DeleteRepository(string owner, string name) => Change(() =>
    {
        var id = Require(owner, name).Info.Id;
        foreach (var former in _names.Where(entry => entry.Value == id).Select(entry => entry.Key).ToArray())
            _names.Remove(former);
        return _repositories.Remove(id);
    });

    public void SetPrivate(string owner, string name, bool isPrivate) => Change(() =>
    {
        Require(owner, name).Change(info => info with { IsPrivate = isPrivate });
        return true;
    });

    public void AddToken(string value, string login, TokenKind kind) => Change(() =>
    {
        _tokens[value] = new AccessToken(value, login, kind, ImmutableDictionary<long, AccessLevel>.Empty);
        return true;
    });

    public void AddToken(AccessToken token) => Change(() =>
    {
        _tokens[token.Value] = token;
        return true;
    });

    public void RevokeToken(string value) => Change(() => _tokens.Remove(value));

    public void Grant(string value, string owner, string name, AccessLevel level) => Change(() =>
    {
        var token = _tokens.GetValueOrDefault(value) ?? throw new InvalidOperationException("No such token.");
        _tokens[value] = token with { Grants = token.Grants.SetItem(Require(owner, name).Info.Id, level) };
        return true;
    });

    public AccessToken? FindToken(string value)
    {
        lock (_lock)
        {
            return _tokens.GetValueOrDefault(value) is { } token && (token.Installation is not { } grant || Now < grant.ExpiresAt)
                ? token
                : null;
        }
    }

    /// <summary>The repository that bears, or once bore, that name; null when none did.</summary>
    public GitHubRepository? Find(string owner, string name)
    {
        lock (_lock)
            return FindByName(owner, name)?.Info;
    }

    public GitHubRepository? Find(long id)
    {
        lock (_lock)
            return _repositories.GetValueOrDefault(id)?.Info;
    }

    /// <summary>Reads one repository; null when it is gone by now.</summary>
    public TResult? Read<TResult>(long repositoryId, Func<RepositoryRecord, TResult> read)
    {
        lock (_lock)
            return _repositories.TryGetValue(repositoryId, out var record) ? read(record) : default;
    }

    public TResult Read<TResult>(string owner, string name, Func<RepositoryRecord, TResult> read)
    {
        lock (_lock)
            return read(Require(owner, name));
    }

    public TResult Change<TResult>(string owner, string name, Func<RepositoryRecord, TResult> change) =>
        Change(() => change(Require(owner, name)));

    public TResult Change<TResult>(long repositoryId, Func<RepositoryRecord, TResult> change) =>
        Change(() => change(_repositories[repositoryId]));

    /// <summary>Unique among repositories, pull requests and statuses. Call it inside a change.</summary>
    public long NextId() => ++_lastId;

    private static bool Named(RepositoryRecord record, string owner, string name) =>
        string.Equals(record.Info.FullName, $"{owner}/{name}", StringComparison.OrdinalIgnoreCase);

    private RepositoryRecord? FindByName(string owner, string name) =>
        _names.TryGetValue($"{owner}/{name}", out var id) ? _repositories.GetValueOrDefault(id) : null;

    private RepositoryRecord Require(string owner, string name) =>
        FindByName(owner, name) ?? throw new InvalidOperationException($"No repository {owner}/{name}.");

    private TResult Change<TResult>(Func<TResult> change)
    {
        TResult result;
        lock (_lock)
            result = change();
        changed.Pulse();
        return result;
    }
}
