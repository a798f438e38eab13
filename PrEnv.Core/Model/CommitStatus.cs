namespace PrEnv.Core.Model;

/// <summary>A commit status of GitHub. See https://docs.github.com/en/rest/commits/statuses.</summary>
/// <param name="Sha">The commit.</param>
/// <param name="Context">Tells this status from those of other tools; compared without case by GitHub.</param>
/// <param name="State"><c>pending</c>, <c>success</c>, <c>failure</c> or <c>error</c>.</param>
/// <param name="Description">At most 140 characters.</param>
/// <param name="TargetUrl">An http(s) link, or null.</param>
public sealed record CommitStatus(string Sha, string Context, string State, string Description, string? TargetUrl);
