using PrEnv.Core.Texts;

namespace PrEnv.Controller.GitHub.Access;

/// <summary>A token, a GitHub App, or nothing. Never printed: <see cref="ToString"/> gives a fingerprint.</summary>
internal sealed class GitHubCredential
{
    /// <summary>The digits of a fingerprint, which says nothing about the secret.</summary>
    public const int IdLength = 16;

    private GitHubCredential(string? token, AppIdentity? app, string id)
    {
        Token = token;
        App = app;
        Id = id;
    }

    /// <summary>No credential: public repositories only.</summary>
    public static GitHubCredential Anonymous { get; } = new(null, null, "anonymous");

    /// <summary>The secret; null when anonymous, and for an App, whose tokens change.</summary>
    public string? Token { get; }

    /// <summary>The App; null for a token.</summary>
    public AppIdentity? App { get; }

    /// <summary>Is there neither a token nor an App?</summary>
    public bool IsAnonymous => Token is null && App is null;

    /// <summary>
    /// Identifies the credential in cache keys, gates, logs and metrics. The same for all tokens of one installation of an App.
    /// </summary>
    public string Id { get; }

    /// <summary>A personal access token.</summary>
    public static GitHubCredential FromToken(string token) => new(token, null, Fingerprint.Of(token, IdLength));

    /// <summary>An installation of a GitHub App.</summary>
    public static GitHubCredential FromApp(AppIdentity app) =>
        new(null, app, Fingerprint.Of($"{app.Fingerprint}\n{app.InstallationId}\n{app.Owner.ToUpperInvariant()}", IdLength));

    public override string ToString() => Id;
}
