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

    public bool IsDraft { get; init; }

    public bool IsOpen { get; init; } = true;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public DateTimeOffset? MergedAt { get; init; }
}

/// <summary>What to open. Everything has a default, so a test names only what it is about.</summary>
internal sealed record NewPullRequest
{
    /// <summary>Null takes the next free number; any up to 2,147,483,647 may be given.</summary>
    public int? Number { get; init; }

    /// <summary>Null makes <c>Pull request N</c>.</summary>
    public string? Title { get; init; }

    public string? Author { get; init; } = "octocat";

    /// <summary>Null makes <c>branch-N</c>.</summary>
    public string? Branch { get; init; }

    /// <summary>Null makes one.</summary>
    public string? Sha { get; init; }

    public string BaseBranch { get; init; } = "main";

    /// <summary>Login of the fork's owner; null for a branch of the repository itself.</summary>
    public string? ForkOwner { get; init; }

    /// <summary>The head repository is gone.</summary>
    public bool HeadRepositoryDeleted { get; init; }

    public bool Draft { get; init; }

    public IReadOnlyList<string> Labels { get; init; } = [];
}
