namespace PrEnv.Controller.GitHub.Json;

/// <summary>What is read of a file that a pull request changes.</summary>
internal sealed record FileJson(string? Filename, string? PreviousFilename, string? Status, string? ContentsUrl);
