using System.Globalization;
using System.Text.Json;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Http;
using PrEnv.Controller.GitHub.Json;

namespace PrEnv.Controller.GitHub.Channels;

/// <summary>
/// The tokens of an App's installation, for one repository and the permissions in use. Each is valid for an hour and is renewed before it
/// expires; none is stored. See
/// https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app.
/// </summary>
internal sealed class InstallationTokens(
    AppIdentity app, RepositoryAccess access, Func<GitHubChannelPool.Lease> rentApp, TimeProvider timeProvider)
    : ITokenSource
{
    /// <summary>A token is not used in its last minutes, so that a listing of many pages can finish with the token it began with.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>GitHub's tokens are valid for an hour. Measured by our clock, regardless of GitHub's.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly AppFaults _faults = new(app, access);
    private long? _installation = app.InstallationId;
    private long? _repository;
    private string? _token;
    private DateTimeOffset _renewAt;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (_token is { } token && timeProvider.GetUtcNow() < _renewAt)
            return token;

        using var lease = rentApp();
        try
        {
            var installation = _installation ?? await FindAsync(lease.Channel, cancellationToken);
            _installation = installation;
            return _token = await MintAsync(lease.Channel, installation, cancellationToken);
        }
        catch (GitHubFaultException e)
        {
            // It may have been installed again meanwhile, under another ID.
            if (e.Fault.Kind == GitHubFaultKind.NotFound)
                _installation = app.InstallationId;
            throw new GitHubFaultException(_faults.Explain(e.Fault));
        }
    }

    public bool Refused(DateTimeOffset? date)
    {
        var had = _token is not null;
        _token = null;
        return had;
    }

    /// <summary>GitHub has one address for organisations and one for users, and it is not known which the owner is.</summary>
    private async Task<long> FindAsync(GitHubChannel github, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(github, RepositoryUrls.Installation(access, "orgs", app.Owner), cancellationToken);
        }
        catch (GitHubFaultException e) when (e.Fault.Kind == GitHubFaultKind.NotFound)
        {
            return await FindAsync(github, RepositoryUrls.Installation(access, "users", app.Owner), cancellationToken);
        }
    }

    private static async Task<long> FindAsync(GitHubChannel github, Uri uri, CancellationToken cancellationToken)
    {
        var page = await github.GetAsync(
            uri, body => JsonSerializer.Deserialize(body, GitHubJson.Default.InstallationJson)?.Id, cancellationToken);
        return page.Value ?? throw new GitHubFaultException(GitHubFault.Malformed("an installation has no id"));
    }

    private async Task<string> MintAsync(GitHubChannel github, long installation, CancellationToken cancellationToken)
    {
        // By its ID once that is known: it does not change when the repository is renamed.
        var body = new InstallationTokenBody(AppPermissionNames.Of(access.Permissions));
        body = _repository is { } id ? body with { RepositoryIds = [id] } : body with { Repositories = [access.Name] };

        var asked = timeProvider.GetUtcNow();
        var (minted, _) = await github.SendAsync(
            HttpMethod.Post, RepositoryUrls.AccessTokens(access, installation.ToString(CultureInfo.InvariantCulture)),
            JsonBody.Of(body, GitHubJson.Default.InstallationTokenBody),
            answer => JsonSerializer.Deserialize(answer, GitHubJson.Default.InstallationTokenJson), cancellationToken);
        if (minted?.Token is not { Length: > 0 } token || !GitHubConnectionFactory.IsSendable(token))
            throw new GitHubFaultException(GitHubFault.Malformed("an installation's token is not valid"));

        _repository = minted.Repositories is [{ Id: { } only }] ? only : null;
        _renewAt = asked + Lifetime - Margin;
        return token;
    }
}
