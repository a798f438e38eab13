namespace PrEnv.Controller.GitHub.Json;

/// <summary>What is read of an installation.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Permissions">What it has granted to the App, by GitHub's names: <c>read</c>, <c>write</c> or <c>admin</c>.</param>
internal sealed record InstallationJson(long? Id, IReadOnlyDictionary<string, string>? Permissions);

/// <summary>What is read of an installation's token.</summary>
internal sealed record InstallationTokenJson(
    string? Token, DateTimeOffset? ExpiresAt, IReadOnlyList<InstallationRepositoryJson>? Repositories)
{
    /// <summary>Never the token.</summary>
    public override string ToString() => "***";
}

/// <summary>A repository that the token is for.</summary>
internal sealed record InstallationRepositoryJson(long? Id);

/// <summary>
/// The requested token: for one repository, by its name or its number. See
/// https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app.
/// </summary>
/// <param name="Permissions">By GitHub's names: <c>read</c> or <c>write</c>.</param>
internal sealed record InstallationTokenBody(IReadOnlyDictionary<string, string> Permissions)
{
    public string[]? Repositories { get; init; }

    public long[]? RepositoryIds { get; init; }
}
