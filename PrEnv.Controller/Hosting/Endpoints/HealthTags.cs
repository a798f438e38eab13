namespace PrEnv.Controller.Hosting.Endpoints;

/// <summary>Which endpoint a health check answers to: one without a tag answers to none.</summary>
internal static class HealthTags
{
    /// <summary><c>/healthz</c>: when it fails, the process has to be restarted.</summary>
    public const string Live = "live";

    /// <summary><c>/readyz</c>: the process is not ready before it passes.</summary>
    public const string Ready = "ready";
}
