using System.Globalization;
using System.Text.RegularExpressions;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Apps;
using PrEnv.Controller.Kubernetes.Secrets;
using PrEnv.Core.Objects;
using PrEnv.Core.Spec;

namespace PrEnv.Controller.Reading;

/// <summary>
/// Reads the credential that a spec references, each time again: a rotated one is used from the next listing on. The keys of an App are
/// those of Flux, https://fluxcd.io/flux/components/source/gitrepositories/#github.
/// </summary>
internal sealed partial class CredentialReader(ISecretReader secrets)
{
    private const string AppId = "githubAppID";
    private const string InstallationId = "githubAppInstallationID";
    private const string InstallationOwner = "githubAppInstallationOwner";
    private const string PrivateKey = "githubAppPrivateKey";

    private static readonly string[] Required = [AppId, PrivateKey];
    private static readonly string[] Optional = [InstallationId, InstallationOwner];

    /// <summary>The access to the repository; or a sentence that says what is wrong with the Secret.</summary>
    public async Task<(RepositoryAccess? Access, string? Problem)> ReadAsync(EnvironmentSpec spec, CancellationToken cancellationToken)
    {
        var (credential, problem) = spec switch
        {
            { Token: { } key } => await ReadTokenAsync(key, cancellationToken),
            { App: { } secret } => await ReadAppAsync(spec, secret, cancellationToken),
            _ => (GitHubCredential.Anonymous, null),
        };
        return credential is null
            ? (null, problem)
            : (new RepositoryAccess(spec.ApiUrl, spec.Owner, spec.Repository, credential) { Permissions = PermissionsOf(spec) }, null);
    }

    private static AppPermissions PermissionsOf(EnvironmentSpec spec) =>
        (spec.StatusContext is null ? AppPermissions.Read : AppPermissions.CommitStatuses)
        | (spec.Deployments ? AppPermissions.Deployments : AppPermissions.Read)
        | (spec.CleansUpDeployments ? AppPermissions.Environments : AppPermissions.Read)
        | (spec.Checks.IsEmpty ? AppPermissions.Read : AppPermissions.Checks)
        | (spec.Comment || spec.Commands ? AppPermissions.Comments : AppPermissions.Read);

    private async Task<(GitHubCredential? Credential, string? Problem)> ReadTokenAsync(SecretKey key, CancellationToken cancellationToken)
    {
        var secret = await secrets.ReadAsync(key.Namespace, key.Name, key.Key, cancellationToken);
        return secret.Value is null ? (null, secret.Problem) : (GitHubCredential.FromToken(secret.Value), null);
    }

    private async Task<(GitHubCredential? Credential, string? Problem)> ReadAppAsync(
        EnvironmentSpec spec, ResourceKey secret, CancellationToken cancellationToken)
    {
        var read = await secrets.ReadAsync(secret.Namespace, secret.Name, Required, Optional, cancellationToken);
        if (read.Values is not { } values)
            return (null, read.Problem);

        if (!Issuer().IsMatch(values[AppId]))
            return Wrong(AppId, secret, "must be the id or the client id of a GitHub App");
        if (!AppJwt.IsKey(values[PrivateKey]))
            return Wrong(PrivateKey, secret, "must be an RSA private key in PEM format: the file that GitHub gave you for the App");

        long? installation = null;
        if (values.TryGetValue(InstallationId, out var id))
        {
            if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return Wrong(InstallationId, secret, "must be a number");
            installation = number;
        }

        var owner = values.GetValueOrDefault(InstallationOwner, spec.Owner);
        return Login().IsMatch(owner)
            ? (GitHubCredential.FromApp(
                new AppIdentity(values[AppId], installation, installation is null ? owner : "", values[PrivateKey])),
                null)
            : Wrong(InstallationOwner, secret, "must be the login of a user or an organisation");
    }

    private static (GitHubCredential? Credential, string? Problem) Wrong(string key, ResourceKey secret, string what) =>
        (null, $"The key \"{key}\" of Secret {secret} {what}.");

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Issuer();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Login();
}
