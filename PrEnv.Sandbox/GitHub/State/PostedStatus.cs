namespace PrEnv.Sandbox.GitHub.State;

/// <summary>A commit status that GitHub accepted.</summary>
/// <param name="Id">Counts all statuses of the server: the order in which they came.</param>
/// <param name="Sha">Full commit id.</param>
/// <param name="State"><c>error</c>, <c>failure</c>, <c>pending</c> or <c>success</c>.</param>
/// <param name="Context">As it was sent; compared without case.</param>
/// <param name="Description">At most 140 characters; null when not sent.</param>
/// <param name="TargetUrl">An http(s) URL; null when not sent.</param>
/// <param name="Creator">Login of the token's owner.</param>
/// <param name="CreatedAt">When it came.</param>
internal sealed record PostedStatus(
    long Id, string Sha, string State, string Context, string? Description, string? TargetUrl, string Creator, DateTimeOffset CreatedAt)
{
    public const string DefaultContext = "default";
}
