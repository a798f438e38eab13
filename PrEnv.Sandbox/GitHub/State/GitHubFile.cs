namespace PrEnv.Sandbox.GitHub.State;

/// <summary>A file that a pull request changes.</summary>
/// <param name="Path">From the root of the repository.</param>
/// <param name="Status"><c>added</c>, <c>modified</c>, <c>removed</c> or <c>renamed</c>.</param>
/// <param name="PreviousPath">Of a renamed file, its path before.</param>
internal sealed record GitHubFile(string Path, string Status = "modified", string? PreviousPath = null);
