namespace PrEnv.Sandbox.Flux;

/// <summary>How the double of helm-controller behaves.</summary>
internal sealed record HelmControllerOptions
{
    /// <summary>How long an install or an upgrade takes.</summary>
    public TimeSpan InstallDuration { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long an uninstall takes.</summary>
    public TimeSpan UninstallDuration { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Pause before something that failed is tried again: an uninstall, a refused write, a lost watch.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Requests to the API server at once; installs themselves are not limited.</summary>
    public int ConcurrentRequests { get; init; } = 8;

    /// <summary>For durations and timestamps.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
