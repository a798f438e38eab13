using System.Security.Cryptography;
using System.Text;

namespace PrEnv.Controller.GitHub;

/// <summary>A token, or nothing. Never printed: <see cref="ToString"/> gives a fingerprint.</summary>
internal sealed class GitHubCredential
{
    private GitHubCredential(string? token)
    {
        Token = token;
        Id = token is null
            ? "anonymous"
            : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))[..16];
    }

    /// <summary>No credential: public repositories only.</summary>
    public static GitHubCredential Anonymous { get; } = new(null);

    /// <summary>The secret; null when anonymous.</summary>
    public string? Token { get; }

    /// <summary>Stands for the token in cache keys, gates and logs.</summary>
    public string Id { get; }

    /// <summary>A personal access token.</summary>
    public static GitHubCredential FromToken(string token) => new(token);

    public override string ToString() => Id;
}
