namespace PrEnv.Sandbox.GitHub.State;

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

    /// <summary>Paths that it changes; null makes one.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    public IReadOnlyList<string> Labels { get; init; } = [];
}
