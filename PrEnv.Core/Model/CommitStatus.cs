namespace PrEnv.Core.Model;

/// <summary>A commit status of GitHub. See https://docs.github.com/en/rest/commits/statuses.</summary>
/// <param name="Sha">The commit.</param>
/// <param name="Context">Tells this status from those of other tools; compared without case by GitHub.</param>
/// <param name="State">What is said of the commit.</param>
/// <param name="Description">At most 140 characters.</param>
/// <param name="TargetUrl">An http(s) link, or null.</param>
public sealed record CommitStatus(string Sha, string Context, CommitState State, string Description, string? TargetUrl)
{
    /// <summary>
    /// Why it is so: one of the reasons in the catalogue, or Flux's own. GitHub does not get it; null when it is not known.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>Would posting the other one tell people anything new? Its words do not matter, what they stand for does.</summary>
    public bool TellsTheSameAs(CommitStatus? other) =>
        other is not null && Sha == other.Sha && Context == other.Context && State == other.State && Reason == other.Reason
        && TargetUrl == other.TargetUrl;
}
