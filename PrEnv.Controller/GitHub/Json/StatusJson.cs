namespace PrEnv.Controller.GitHub.Json;

/// <summary>What is read of a commit status.</summary>
internal sealed record StatusJson
{
    public string? State { get; init; }

    public string? Context { get; init; }

    public string? Description { get; init; }

    public string? TargetUrl { get; init; }
}

/// <summary>A commit status as it is posted. See https://docs.github.com/en/rest/commits/statuses#create-a-commit-status.</summary>
/// <param name="State"><c>error</c>, <c>failure</c>, <c>pending</c> or <c>success</c>.</param>
/// <param name="TargetUrl">Left out when null.</param>
/// <param name="Description">At most 140 characters.</param>
/// <param name="Context">GitHub ignores its case.</param>
internal sealed record StatusBody(string State, string? TargetUrl, string Description, string Context);
