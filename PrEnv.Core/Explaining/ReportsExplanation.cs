using PrEnv.Core.Model;

namespace PrEnv.Core.Explaining;

/// <summary>What GitHub was told of a pull request, and what it is to be told.</summary>
public sealed record ReportsExplanation
{
    /// <summary>The commit status that was posted last, as far as it is known.</summary>
    public CommitStatus? Posted { get; init; }

    /// <summary>The commit status that is to be posted; null: none, or it was posted.</summary>
    public CommitStatus? Due { get; init; }

    /// <summary>The deployment as it was reported last; null: none.</summary>
    public DeploymentReport? Deployment { get; init; }

    /// <summary>The deployment that is to be shown; null: none, or it is shown.</summary>
    public DeploymentReport? DueDeployment { get; init; }

    /// <summary>GitHub's number of the comment; null: there is none, or it is not known.</summary>
    public long? CommentId { get; init; }

    /// <summary>Is the comment to be written or changed?</summary>
    public bool CommentIsDue { get; init; }
}
