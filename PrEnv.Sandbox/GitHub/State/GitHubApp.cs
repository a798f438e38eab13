using System.Collections.Immutable;

namespace PrEnv.Sandbox.GitHub.State;

/// <summary>A GitHub App.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ClientId">Its other id, which a JWT may bear instead.</param>
/// <param name="Slug">Its name in URLs.</param>
/// <param name="PublicKey">RSA, PEM: the counterpart of the key that the App signs with.</param>
internal sealed record GitHubApp(long Id, string ClientId, string Slug, string PublicKey);

/// <summary>An App that a user or an organisation has installed.</summary>
internal sealed record AppInstallation
{
    public required long Id { get; init; }

    public required GitHubApp App { get; init; }

    /// <summary>Who has installed it.</summary>
    public required string Owner { get; init; }

    /// <summary>An organisation, or else a user: each has an address of its own.</summary>
    public bool IsOrganization { get; init; } = true;

    /// <summary>By id; null: all of the owner's.</summary>
    public ImmutableHashSet<long>? Repositories { get; init; }

    /// <summary>Name and level, as GitHub writes them.</summary>
    public required ImmutableSortedDictionary<string, string> Permissions { get; init; }

    public bool IsSuspended { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What makes a token one of an installation.</summary>
/// <param name="Id">Of the installation, whose rate limit it shares.</param>
/// <param name="ExpiresAt">From then on: 401.</param>
/// <param name="Permissions">What it was narrowed to.</param>
internal sealed record InstallationGrant(long Id, DateTimeOffset ExpiresAt, ImmutableSortedDictionary<string, string> Permissions);
