using System.Collections.Immutable;

namespace PrEnv.Sandbox.GitHub.State;

/// <summary>A pull request, as it is now.</summary>
internal sealed record GitHubPullRequest
{
    public required int Number { get; init; }

    /// <summary>Unique in all of GitHub, unlike the number.</summary>
    public required long Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Login; null once the account is gone.</summary>
    public required string? Author { get; init; }

    public required string HeadBranch { get; init; }

    public required string HeadSha { get; init; }

    /// <summary>Who owns the head branch: the repository's owner, or the fork's.</summary>
    public required string HeadOwner { get; init; }

    /// <summary>The fork; null when the head lives in the base repository, or the fork was deleted.</summary>
    public GitHubRepository? Fork { get; init; }

    /// <summary>The fork was deleted: GitHub then lists <c>head.repo: null</c>.</summary>
    public bool HeadRepositoryDeleted { get; init; }

    public required string BaseBranch { get; init; }

    public required string BaseSha { get; init; }

    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>What it changes, in GitHub's order: by path.</summary>
    public ImmutableArray<GitHubFile> Files { get; init; } = [new("README.md")];

    public bool IsDraft { get; init; }

    public bool IsOpen { get; init; } = true;

    /// <summary>Its conversation is locked.</summary>
    public bool IsLocked { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public DateTimeOffset? MergedAt { get; init; }
}
