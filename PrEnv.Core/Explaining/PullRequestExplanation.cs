using PrEnv.Core.Model;

namespace PrEnv.Core.Explaining;

/// <summary>A pull request as GitHub listed it. Hostile text, except commit and flags.</summary>
public sealed record PullRequestExplanation
{
    /// <summary>Title; empty if GitHub did not report it, as are the branches.</summary>
    public required string Title { get; init; }

    /// <summary>Login of the author; empty if the account has been deleted.</summary>
    public required string Author { get; init; }

    /// <summary>Head branch.</summary>
    public required string Branch { get; init; }

    /// <summary>Base branch.</summary>
    public required string BaseBranch { get; init; }

    /// <summary>Head commit.</summary>
    public required string HeadCommit { get; init; }

    /// <summary>Does it come from a fork?</summary>
    public required bool IsFork { get; init; }

    /// <summary>Is it a draft? Null if GitHub did not say.</summary>
    public bool? IsDraft { get; init; }

    /// <summary>Its labels, sorted; null if GitHub did not report them.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The page for people.</summary>
    public required string Url { get; init; }

    internal static PullRequestExplanation Of(PullRequest pullRequest) => new()
    {
        Title = pullRequest.Title,
        Author = pullRequest.Author,
        Branch = pullRequest.HeadBranch,
        BaseBranch = pullRequest.BaseBranch,
        HeadCommit = pullRequest.HeadSha,
        IsFork = pullRequest.IsFork,
        IsDraft = pullRequest.IsDraft,
        Labels = pullRequest.Labels?.Names,
        Url = pullRequest.HtmlUrl,
    };
}
