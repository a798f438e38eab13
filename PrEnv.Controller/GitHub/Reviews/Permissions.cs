using System.Buffers;
using System.Text.Json;
using PrEnv.Controller.GitHub.Access;
using PrEnv.Controller.GitHub.Channels;
using PrEnv.Controller.GitHub.Faults;
using PrEnv.Controller.GitHub.Json;

namespace PrEnv.Controller.GitHub.Reviews;

/// <summary>
/// The users that may write to a repository. Requested each time by a conditional request, which is free while the answer stays the same.
/// </summary>
internal static class Permissions
{
    // Logins of users, of managed users and of apps: "octocat", "mona_acme", "dependabot[bot]".
    private static readonly SearchValues<char> LoginCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_[]");

    /// <summary>
    /// Does that user have write, maintain or admin permission? Throws <see cref="GitHubFaultException"/> when GitHub does not say.
    /// </summary>
    public static async Task<bool> MayWriteAsync(
        GitHubChannel channel, RepositoryAccess access, string? login, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(login) || login.AsSpan().ContainsAnyExcept(LoginCharacters))
            return false;
        try
        {
            var page = await channel.GetAsync(RepositoryUrls.Permission(access, login), Read, cancellationToken);
            return page.Value is "admin" or "write" or "maintain";
        }
        catch (GitHubFaultException e) when (e.Fault.Kind == GitHubFaultKind.NotFound)
        {
            // The user does not exist, or is not a collaborator.
            return false;
        }
    }

    private static string Read(Stream body) =>
        JsonSerializer.Deserialize(body, GitHubJson.Default.PermissionJson)?.Permission
        ?? throw new GitHubFaultException(GitHubFault.Malformed("a permission is missing"));
}
