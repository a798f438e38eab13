namespace PrEnv.Controller.GitHub.Json;

/// <summary>What is read of a review. A deleted account has no user.</summary>
internal sealed record ReviewJson(UserJson? User, string? State, string? CommitId);

/// <summary>
/// What is read of a permission: <c>admin</c>, <c>write</c>, <c>read</c> or <c>none</c>; <c>maintain</c> shows as <c>write</c>, and so does
/// a custom role that is built on it. See https://docs.github.com/en/rest/collaborators/collaborators.
/// </summary>
internal sealed record PermissionJson(string? Permission);
