using System.Collections.Immutable;
using System.Text.Json.Serialization;
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

    /// <summary>The commit statuses that are to be posted on the head commits of its merge groups.</summary>
    public ImmutableArray<CommitStatus> DueMergeGroups { get; init; } = [];

    /// <summary>Are its deployments and its environment on GitHub to be deleted?</summary>
    public bool CleanupIsDue { get; init; }

    /// <summary>Is GitHub to be told anything?</summary>
    [JsonIgnore]
    public bool HasDue => Due is not null || DueDeployment is not null || CommentIsDue || !DueMergeGroups.IsEmpty || CleanupIsDue;
}
