using System.Collections.Immutable;

namespace PrEnv.Sandbox.GitHub.State;

/// <summary>A GitHub App.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ClientId">Its other id, which a JWT may bear instead.</param>
/// <param name="Slug">Its name in URLs.</param>
/// <param name="PublicKey">RSA, PEM: the counterpart of the key that the App signs with.</param>
internal sealed record GitHubApp(long Id, string ClientId, string Slug, string PublicKey);

/// <summary>What makes a token one of an installation.</summary>
/// <param name="Id">Of the installation, whose rate limit it shares.</param>
/// <param name="ExpiresAt">From then on: 401.</param>
/// <param name="Permissions">What it was narrowed to.</param>
internal sealed record InstallationGrant(long Id, DateTimeOffset ExpiresAt, ImmutableSortedDictionary<string, string> Permissions)
{
    private static readonly string[] Levels = ["read", "write", "admin"];

    /// <summary>Has it one of these, written as GitHub's header does: <c>issues=write; pull_requests=write</c>?</summary>
    public bool Permits(string alternatives) => alternatives.Split("; ").Select(one => one.Split('=')).Any(one =>
        Array.IndexOf(Levels, Permissions.GetValueOrDefault(one[0])) >= Array.IndexOf(Levels, one[1]));
}
