namespace PrEnv.Controller.GitHub.Json;

/// <summary>
/// What is read of a pull request. GitHub sends twenty times as much; a field that is not here cannot cause an error. Ids are 64 bits
/// wide, and every reference may be null: a deleted account has no user, a deleted fork no repository.
/// </summary>
internal sealed record PullRequestJson
{
    public int Number { get; init; }

    public string? State { get; init; }

    public string? Title { get; init; }

    public string? HtmlUrl { get; init; }

    /// <summary>ISO 8601.</summary>
    public string? CreatedAt { get; init; }

    /// <summary>ISO 8601 in UTC, which sorts as text.</summary>
    public string? UpdatedAt { get; init; }

    public UserJson? User { get; init; }

    public bool? Draft { get; init; }

    public IReadOnlyList<LabelJson?>? Labels { get; init; }

    public BranchJson? Head { get; init; }

    public BranchJson? Base { get; init; }
}

internal sealed record UserJson(string? Login);

internal sealed record LabelJson(string? Name);

internal sealed record BranchJson(string? Ref, string? Sha, RepositoryJson? Repo);

internal sealed record RepositoryJson(long? Id);

/// <summary>What is read of a repository.</summary>
internal sealed record RepositoryNameJson(string? FullName);
