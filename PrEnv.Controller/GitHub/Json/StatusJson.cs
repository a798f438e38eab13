namespace PrEnv.Controller.GitHub.Json;

/// <summary>What is read of a commit status.</summary>
internal sealed record StatusJson
{
    public string? State { get; init; }

    public string? Context { get; init; }

    public string? Description { get; init; }

    public string? TargetUrl { get; init; }
}
