namespace PrEnv.Controller.GitHub.Access;

/// <summary>A repository and how it is reached.</summary>
/// <param name="ApiUrl">Base of the REST API, with a trailing slash.</param>
/// <param name="Owner">User or organisation.</param>
/// <param name="Name">Repository.</param>
/// <param name="Credential">Whose rights are used.</param>
internal sealed record RepositoryAccess(Uri ApiUrl, string Owner, string Name, GitHubCredential Credential)
{
    /// <summary>The permissions to request for an App's token; no effect on a personal access token.</summary>
    public AppPermissions Permissions { get; init; }
}
