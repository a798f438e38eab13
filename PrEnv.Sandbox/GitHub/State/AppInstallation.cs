using System.Collections.Immutable;

namespace PrEnv.Sandbox.GitHub.State;

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
