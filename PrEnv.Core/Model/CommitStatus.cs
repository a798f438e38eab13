namespace PrEnv.Core.Model;

/// <summary>A commit status of GitHub. See https://docs.github.com/en/rest/commits/statuses.</summary>
/// <param name="Sha">The commit.</param>
/// <param name="Context">Distinguishes this status from those of other tools; GitHub ignores its case.</param>
/// <param name="State">The verdict on the commit.</param>
/// <param name="Description">At most 140 characters.</param>
/// <param name="TargetUrl">An http(s) link, or null.</param>
public sealed record CommitStatus(string Sha, string Context, CommitState State, string Description, string? TargetUrl)
{
    /// <summary>Why: one of the reasons in the catalogue, or Flux's own. It is not sent to GitHub; null if it is not known.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// The pull request that it is about, where several have the commit as their head and the description therefore names it; otherwise
    /// null.
    /// </summary>
    public int? About { get; init; }

    /// <summary>The position in the queue that it tells, from 1; null: it tells none.</summary>
    public int? Place { get; init; }

    /// <summary>The check that it tells of; null: none.</summary>
    public string? Check { get; init; }

    /// <summary>
    /// What GitHub is shown, because other pull requests have the same head and this is the worst of their statuses; null: this status
    /// itself. It is about a pull request of its own, so it says nothing about this one's environment.
    /// </summary>
    public CommitStatus? Shown { get; init; }

    /// <summary>Does the other status mean the same? Its meaning counts, not its wording.</summary>
    public bool TellsTheSameAs(CommitStatus? other) =>
        other is not null && Sha == other.Sha && Context == other.Context && State == other.State && Reason == other.Reason
        && TargetUrl == other.TargetUrl && About == other.About && Place == other.Place && Check == other.Check
        && (Shown is null ? other.Shown is null : Shown.TellsTheSameAs(other.Shown));
}
