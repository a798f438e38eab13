namespace PrEnv.Sandbox.Flux;

/// <summary>What a pull request's environment does instead of answering well.</summary>
internal sealed record EnvironmentBehaviour
{
    public static EnvironmentBehaviour Healthy { get; } = new();

    /// <summary>Answer with this status.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Hold every answer that long.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Send a body that never ends.</summary>
    public bool EndlessBody { get; init; }

    /// <summary>Redirect there.</summary>
    public Uri? RedirectTo { get; init; }
}
