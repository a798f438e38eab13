using System.Collections.Immutable;

namespace PrEnv.Sandbox.GitHub.State;

/// <summary>A deployment, as it is now.</summary>
internal sealed record GitHubDeployment
{
    /// <summary>Unique in all of GitHub.</summary>
    public required long Id { get; init; }

    /// <summary>The commit that <see cref="Ref"/> meant.</summary>
    public required string Sha { get; init; }

    /// <summary>As it was sent.</summary>
    public required string Ref { get; init; }

    public required string Environment { get; init; }

    public string Task { get; init; } = "deploy";

    public string? Description { get; init; }

    /// <summary>JSON as it was sent: an object or a text.</summary>
    public string Payload { get; init; } = "\"\"";

    public bool IsTransient { get; init; }

    public bool IsProduction { get; init; }

    public required string Creator { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Oldest first.</summary>
    public ImmutableArray<GitHubDeploymentStatus> Statuses { get; init; } = [];

    /// <summary>The newest state; <c>pending</c> before the first.</summary>
    public string State => Statuses.IsEmpty ? "pending" : Statuses[^1].State;
}

/// <summary>A deployment's status.</summary>
internal sealed record GitHubDeploymentStatus(
    long Id, string State, string Description, string EnvironmentUrl, string LogUrl, string Creator, DateTimeOffset CreatedAt);
