using System.Collections.Immutable;

namespace PrEnv.Core.Spec;

/// <summary>Which open pull requests get an environment. An empty list admits all of them.</summary>
public sealed record PullRequestFilter
{
    /// <summary>All of these labels.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>At least one of these labels.</summary>
    public ImmutableArray<string> AnyLabels { get; init; } = [];

    /// <summary>None of these labels.</summary>
    public ImmutableArray<string> ExcludeLabels { get; init; } = [];

    /// <summary>Do drafts get none?</summary>
    public bool SkipsDrafts { get; init; }

    /// <summary>Logins of authors who get one; case is ignored.</summary>
    public ImmutableArray<string> Authors { get; init; } = [];

    /// <summary>Logins of authors who get none; case is ignored.</summary>
    public ImmutableArray<string> ExcludeAuthors { get; init; } = [];

    /// <summary>One of these must match the base branch.</summary>
    public TextPatterns TargetBranches { get; init; } = TextPatterns.None;

    /// <summary>One of these must match the head branch.</summary>
    public TextPatterns Branches { get; init; } = TextPatterns.None;

    /// <summary>None of these may match the head branch.</summary>
    public TextPatterns ExcludeBranches { get; init; } = TextPatterns.None;

    /// <summary>One of these must match the title.</summary>
    public TextPatterns Titles { get; init; } = TextPatterns.None;

    /// <summary>None of these may match the title.</summary>
    public TextPatterns ExcludeTitles { get; init; } = TextPatterns.None;

    /// <summary>One file must count.</summary>
    public PathFilter Files { get; init; } = PathFilter.None;
}
