namespace PrEnv.Core.Model;

/// <summary>
/// An open pull request, as GitHub listed it. Title, branches and author are hostile text. Two are equal when all their facts are: a change
/// is noticed by that, so that a list among the facts needs a type that compares its items.
/// </summary>
public sealed record PullRequest
{
    /// <summary>Number in the repository; positive.</summary>
    public required int Number { get; init; }

    /// <summary>Head commit: 40 or 64 lower-case hexadecimal digits.</summary>
    public required string HeadSha { get; init; }

    /// <summary>The first 7 digits of <see cref="HeadSha"/>.</summary>
    public string ShortSha => Sha.Short(HeadSha);

    /// <summary>
    /// Is the head in a different repository from the base? A pull request whose head repository has been deleted counts as a fork.
    /// </summary>
    public bool IsFork { get; init; }

    /// <summary>Head branch; empty if GitHub did not report it, as are base branch and title.</summary>
    public string HeadBranch { get; init; } = "";

    /// <summary>Base branch.</summary>
    public string BaseBranch { get; init; } = "";

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Login of the author; empty if the account has been deleted.</summary>
    public string Author { get; init; } = "";

    /// <summary>Its labels; null if GitHub did not report them.</summary>
    public LabelSet? Labels { get; init; }

    /// <summary>Is it a draft? Null if GitHub did not say.</summary>
    public bool? IsDraft { get; init; }

    /// <summary>When it was opened; null if GitHub did not say.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>The page for people.</summary>
    public string HtmlUrl { get; init; } = "";
}
