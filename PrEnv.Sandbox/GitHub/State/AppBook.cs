using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;

namespace PrEnv.Sandbox.GitHub.State;

/// <summary>The Apps, where they are installed, and the tokens that they were given. Thread-safe.</summary>
internal sealed class AppBook(GitHubState state)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<long, GitHubApp> _apps = new();
    private readonly ConcurrentDictionary<long, AppInstallation> _installations = new();
    private readonly ConcurrentQueue<string> _minted = new();
    private long _lastId = 100;

    /// <summary>The tokens that were given out, in order.</summary>
    public IReadOnlyList<string> Minted => [.. _minted];

    public GitHubApp Register(string publicKey, string slug)
    {
        var id = Interlocked.Increment(ref _lastId);
        return _apps[id] = new GitHubApp(id, string.Create(CultureInfo.InvariantCulture, $"Iv1.{id}"), slug, publicKey);
    }

    public AppInstallation Install(
        GitHubApp app, string owner, bool isOrganization, IReadOnlyDictionary<string, string> permissions,
        IEnumerable<string>? repositories)
    {
        var id = Interlocked.Increment(ref _lastId);
        return _installations[id] = new AppInstallation
        {
            Id = id,
            App = app,
            Owner = owner,
            IsOrganization = isOrganization,
            Repositories = repositories?.Select(name => state.Find(owner, name)!.Id).ToImmutableHashSet(),
            Permissions = permissions.ToImmutableSortedDictionary(StringComparer.Ordinal),
            CreatedAt = state.Now,
        };
    }

    public void Change(long installation, Func<AppInstallation, AppInstallation> change) =>
        _installations[installation] = change(_installations[installation]);

    public void Uninstall(long installation) => _installations.TryRemove(installation, out _);

    public GitHubApp? Find(string issuer) =>
        _apps.Values.FirstOrDefault(app => app.ClientId == issuer || app.Id.ToString(CultureInfo.InvariantCulture) == issuer);

    public AppInstallation? Installation(GitHubApp app, long id) =>
        _installations.TryGetValue(id, out var found) && found.App.Id == app.Id ? found : null;

    public AppInstallation? Installation(GitHubApp app, string owner, bool? isOrganization) => _installations.Values.FirstOrDefault(i =>
        i.App.Id == app.Id && string.Equals(i.Owner, owner, StringComparison.OrdinalIgnoreCase)
        && (isOrganization is null || i.IsOrganization == isOrganization));

    /// <summary>The repositories of an installation, by id and by name, that exist.</summary>
    public GitHubRepository? Repository(AppInstallation installation, long id) =>
        state.Find(id) is { } found && Covers(installation, found) ? found : null;

    /// <inheritdoc cref="Repository(AppInstallation, long)"/>
    public GitHubRepository? Repository(AppInstallation installation, string name) =>
        state.Find(installation.Owner, name) is { } found && Covers(installation, found)
        && string.Equals(found.Name, name, StringComparison.OrdinalIgnoreCase) ? found : null;

    /// <summary>A token for these repositories, good for an hour.</summary>
    public AccessToken Mint(
        AppInstallation installation, IReadOnlyList<GitHubRepository> repositories, ImmutableSortedDictionary<string, string> permissions)
    {
        // GitHub's stateless tokens are long and have dots:
        // https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app
        var value = $"ghs_{installation.App.Id}_{Guid.NewGuid():N}.{Guid.NewGuid():N}.{Guid.NewGuid():N}";
        var level = permissions.GetValueOrDefault("statuses") == "write" ? AccessLevel.Push : AccessLevel.Read;
        var token = new AccessToken(
            value, $"{installation.App.Slug}[bot]", TokenKind.Installation, repositories.ToImmutableDictionary(r => r.Id, _ => level))
        {
            Installation = new InstallationGrant(installation.Id, state.Now + Lifetime, permissions),
        };
        state.AddToken(token);
        _minted.Enqueue(value);
        return token;
    }

    private static bool Covers(AppInstallation installation, GitHubRepository repository) =>
        installation.Repositories is { } selected
            ? selected.Contains(repository.Id)
            : string.Equals(repository.Owner, installation.Owner, StringComparison.OrdinalIgnoreCase);
}
