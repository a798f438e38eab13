namespace PrEnv.Controller.Hosting.Endpoints;

/// <summary>The endpoints of health checks: a check without a tag belongs to none.</summary>
internal static class HealthTags
{
    /// <summary><c>/healthz</c>: when it fails, the process must be restarted.</summary>
    public const string Live = "live";

    /// <summary><c>/readyz</c>: the process is not ready before it passes.</summary>
    public const string Ready = "ready";
}
