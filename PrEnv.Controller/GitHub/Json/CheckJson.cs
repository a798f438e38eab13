namespace PrEnv.Controller.GitHub.Json;

/// <summary>A page of check runs. See https://docs.github.com/en/rest/checks/runs#list-check-runs-for-a-git-reference.</summary>
internal sealed record CheckRunsJson(IReadOnlyList<CheckRunJson?>? CheckRuns);

/// <summary>What is read of a check run.</summary>
internal sealed record CheckRunJson(long? Id, string? Name, string? Status, string? Conclusion);

/// <summary>
/// A page of a commit's newest statuses. See
/// https://docs.github.com/en/rest/commits/statuses#get-the-combined-status-for-a-specific-reference.
/// </summary>
internal sealed record CombinedStatusJson(IReadOnlyList<ContextJson?>? Statuses);

/// <summary>What is read of one of them.</summary>
internal sealed record ContextJson(long? Id, string? Context, string? State);
