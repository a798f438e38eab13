using System.Globalization;
using System.Text.Json;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Http;
using PrEnv.Controller.GitHub.Json;

namespace PrEnv.Controller.GitHub.Channels;

/// <summary>
/// The tokens of an App's installation, for one repository and the permissions in use. Each is valid for an hour and is renewed before it
/// expires; none is stored. GitHub refuses the whole token when one permission has not been granted: then the token is requested without
/// it, and without losing the others. See
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

    /// <summary>How often an installation is asked whether it has granted what was missing.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly AppFaults _faults = new(app, access);
    private long? _installation = app.InstallationId;
    private long? _repository;
    private string? _token;
    private DateTimeOffset _renewAt;

    // Null while nothing is known to be missing.
    private IReadOnlyDictionary<string, string>? _narrowed;
    private DateTimeOffset _checkAt;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var valid = now < _renewAt ? _token : null;
        if (valid is not null && (_narrowed is null || now < _checkAt))
            return valid;
        using var lease = rentApp();
        try
        {
            var installation = _installation ?? await FindAsync(lease.Channel, cancellationToken);
            _installation = installation;
            return valid is not null && !await HasGrantedMoreAsync(lease.Channel, installation, cancellationToken)
                ? valid
                : _token = await MintAsync(lease.Channel, installation, cancellationToken);
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

    private static async Task<long> FindAsync(GitHubChannel github, Uri uri, CancellationToken cancellationToken) =>
        (await github.GetAsync(uri, ReadInstallation, cancellationToken)).Value.Id!.Value;

    private static InstallationJson ReadInstallation(Stream body) =>
        JsonSerializer.Deserialize(body, GitHubJson.Default.InstallationJson) is { Id: not null } installation
            ? installation
            : throw new GitHubFaultException(GitHubFault.Malformed("an installation has no id"));

    /// <summary>Of what is wanted, what the installation grants; null when that is too little to work with.</summary>
    private async Task<IReadOnlyDictionary<string, string>?> ReadGrantedAsync(
        GitHubChannel github, string installation, CancellationToken cancellationToken)
    {
        _checkAt = timeProvider.GetUtcNow() + Patience;
        var found = await github.GetAsync(RepositoryUrls.Installation(access, installation), ReadInstallation, cancellationToken);
        return found.Value.Permissions is { } granted ? AppPermissionNames.Within(access.Permissions, granted) : null;
    }

    // By a conditional request, which is free as long as nothing changes. A token that is valid is used even if GitHub does not answer
    // this.
    private async Task<bool> HasGrantedMoreAsync(GitHubChannel github, long installation, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadGrantedAsync(github, Number(installation), cancellationToken) is { } granted
                && !granted.SequenceEqual(_narrowed!);
        }
        catch (GitHubFaultException)
        {
            return false;
        }
    }

    private async Task<string> MintAsync(GitHubChannel github, long installation, CancellationToken cancellationToken)
    {
        var (id, wanted) = (Number(installation), AppPermissionNames.Of(access.Permissions));
        if (_narrowed is null)
        {
            try
            {
                return await MintAsync(github, id, wanted, cancellationToken);
            }
            catch (GitHubFaultException e) when (e.Fault.Kind == GitHubFaultKind.PermissionsNotGranted)
            {
            }
        }

        // What is granted is read, not guessed.
        var granted = await ReadGrantedAsync(github, id, cancellationToken) ?? wanted;
        var token = await MintAsync(github, id, granted, cancellationToken);
        _narrowed = granted.SequenceEqual(wanted) ? null : granted;
        return token;
    }

    private static string Number(long installation) => installation.ToString(CultureInfo.InvariantCulture);

    private async Task<string> MintAsync(
        GitHubChannel github, string installation, IReadOnlyDictionary<string, string> permissions, CancellationToken cancellationToken)
    {
        // By its ID once that is known: it does not change when the repository is renamed.
        var body = new InstallationTokenBody(permissions);
        body = _repository is { } id ? body with { RepositoryIds = [id] } : body with { Repositories = [access.Name] };

        var asked = timeProvider.GetUtcNow();
        var (minted, _) = await github.SendAsync(
            HttpMethod.Post, RepositoryUrls.AccessTokens(access, installation),
            JsonBody.Of(body, GitHubJson.Default.InstallationTokenBody),
            answer => JsonSerializer.Deserialize(answer, GitHubJson.Default.InstallationTokenJson), cancellationToken);
        if (minted?.Token is not { Length: > 0 } token || !GitHubConnectionFactory.IsSendable(token))
            throw new GitHubFaultException(GitHubFault.Malformed("an installation's token is not valid"));

        _repository = minted.Repositories is [{ Id: { } only }] ? only : null;
        _renewAt = asked + Lifetime - Margin;
        return token;
    }
}
