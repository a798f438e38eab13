using System.Collections.Immutable;

namespace PrEnv.Sandbox.GitHub.State;

/// <summary>A comment on a pull request, as it is now.</summary>
internal sealed record GitHubComment
{
    /// <summary>Unique in all of GitHub; later ones have greater ones.</summary>
    public required long Id { get; init; }

    public required int Number { get; init; }

    /// <summary>Login; null once the account is gone.</summary>
    public required string? Author { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Each user has each reaction once.</summary>
    public ImmutableArray<GitHubReaction> Reactions { get; init; } = [];
}

/// <summary>
/// A reaction: <c>+1</c>, <c>-1</c>, <c>laugh</c>, <c>confused</c>, <c>heart</c>, <c>hooray</c>, <c>rocket</c> or <c>eyes</c>.
/// </summary>
internal sealed record GitHubReaction(long Id, string Login, string Content, DateTimeOffset CreatedAt);
