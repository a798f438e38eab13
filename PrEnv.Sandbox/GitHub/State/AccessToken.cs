using System.Collections.Immutable;

namespace PrEnv.Sandbox.GitHub.State;

/// <summary>What a token may do with a repository.</summary>
internal enum AccessLevel
{
    /// <summary>Nothing: a private repository does not exist for it.</summary>
    None,

    /// <summary>Read.</summary>
    Read,

    /// <summary>Read and write: commit statuses too.</summary>
    Push,
}

/// <summary>Decides how a refused write looks.</summary>
internal enum TokenKind
{
    /// <summary>A classic personal access token: what it may not write is not found, 404.</summary>
    Classic,

    /// <summary>A fine-grained token: 403 with the permission that it lacks.</summary>
    FineGrained,

    /// <summary>A token of an App's installation: 403 likewise, in other words.</summary>
    Installation,
}

/// <summary>A token and what it sees. Public repositories are readable for every token.</summary>
/// <param name="Value">The secret.</param>
/// <param name="Login">Whose it is.</param>
/// <param name="Kind">How a refused write looks.</param>
/// <param name="Grants">By repository id.</param>
internal sealed record AccessToken(string Value, string Login, TokenKind Kind, ImmutableDictionary<long, AccessLevel> Grants)
{
    /// <summary>Set on a token that an App was given.</summary>
    public InstallationGrant? Installation { get; init; }

    /// <summary>Whose rate limit it uses up: an installation has one for all its tokens.</summary>
    public string Payer => Installation is { } grant ? $"installation {grant.Id}" : Value;

    /// <summary>The token's right, where a public repository gives everybody the right to read.</summary>
    public static AccessLevel For(AccessToken? token, GitHubRepository repository)
    {
        var granted = token?.Grants.GetValueOrDefault(repository.Id) ?? AccessLevel.None;
        return granted == AccessLevel.None && !repository.IsPrivate ? AccessLevel.Read : granted;
    }
}
