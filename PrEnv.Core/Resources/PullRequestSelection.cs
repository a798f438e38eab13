namespace PrEnv.Core.Resources;

/// <summary><c>spec.pullRequests</c>. Items of its lists may be null, too.</summary>
public sealed record PullRequestSelection
{
    /// <summary><c>Deny</c>, <c>RequireApproval</c> (default) or <c>Allow</c>.</summary>
    public string? Forks { get; init; }

    /// <summary>A pull request must have all of these labels.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>A pull request must have at least one of these labels.</summary>
    public IReadOnlyList<string>? AnyLabels { get; init; }

    /// <summary>A pull request may have none of these labels.</summary>
    public IReadOnlyList<string>? ExcludeLabels { get; init; }

    /// <summary><c>Include</c> (default) or <c>Skip</c>.</summary>
    public string? Drafts { get; init; }

    /// <summary>The author must have one of these logins.</summary>
    public IReadOnlyList<string>? Authors { get; init; }

    /// <summary>The author may have none of these logins.</summary>
    public IReadOnlyList<string>? ExcludeAuthors { get; init; }

    /// <summary>Regular expressions, one of which must match the base branch.</summary>
    public IReadOnlyList<string>? TargetBranches { get; init; }

    /// <summary>Regular expressions, one of which must match the head branch.</summary>
    public IReadOnlyList<string>? Branches { get; init; }

    /// <summary>Regular expressions, none of which may match the head branch.</summary>
    public IReadOnlyList<string>? ExcludeBranches { get; init; }

    /// <summary>Regular expressions, one of which must match the title.</summary>
    public IReadOnlyList<string>? Titles { get; init; }

    /// <summary>Regular expressions, none of which may match the title.</summary>
    public IReadOnlyList<string>? ExcludeTitles { get; init; }

    /// <summary>Globs, one of which must match a changed file.</summary>
    public IReadOnlyList<string>? Paths { get; init; }

    /// <summary>Globs; a changed file that one of them matches does not count.</summary>
    public IReadOnlyList<string>? ExcludePaths { get; init; }
}
