namespace PrEnv.Sandbox.GitHub.State;

/// <summary>A repository. Its id outlives a rename and a transfer.</summary>
internal sealed record GitHubRepository
{
    public required long Id { get; init; }

    /// <summary>User or organisation.</summary>
    public required string Owner { get; init; }

    public required string Name { get; init; }

    public bool IsPrivate { get; init; }

    /// <summary>Nothing can be written to it.</summary>
    public bool IsArchived { get; init; }

    /// <summary>True for the head repository of a pull request from a fork.</summary>
    public bool IsFork { get; init; }

    public string DefaultBranch { get; init; } = "main";

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last push to any branch; part of what GitHub embeds in every pull request, so a push changes every page's ETag.</summary>
    public required DateTimeOffset PushedAt { get; init; }

    /// <summary>Open pull requests; embedded likewise.</summary>
    public int OpenIssues { get; init; }

    public string FullName => $"{Owner}/{Name}";
}
