namespace PrEnv.Sandbox.Flux;

/// <summary>How the double of helm-controller behaves.</summary>
internal sealed record HelmControllerOptions
{
    /// <summary>
    /// How long source-controller takes to package a chart; real ones were seen to take 1 to 4 seconds. Null leaves source-controller out:
    /// no HelmChart is made, and every chart is there at once.
    /// </summary>
    public TimeSpan? ChartDuration { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long an install or an upgrade takes.</summary>
    public TimeSpan InstallDuration { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long an uninstall takes.</summary>
    public TimeSpan UninstallDuration { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Pause before what failed is tried again: an action of Helm, a source, a dependency, a refused write, a lost watch.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Requests to the API server at once; installs themselves are not limited.</summary>
    public int ConcurrentRequests { get; init; } = 8;

    /// <summary>helm-controller's feature gate of that name: a change of the release ends an action that still waits for health.</summary>
    public bool CancelHealthCheckOnNewRevision { get; init; }

    /// <summary>The only namespace whose releases are handled; null: all, as in helm-controller's default.</summary>
    public string? WatchNamespace { get; init; }

    /// <summary>helm-controller's flag: sources of another namespace are refused. A refusal shows nowhere in the object.</summary>
    public bool NoCrossNamespaceRefs { get; init; }

    /// <summary>helm-controller's flag: the account of releases that name none. By default they have all rights.</summary>
    public string? DefaultServiceAccount { get; init; }

    /// <summary>Whose rights Helm has for a release; null for all rights.</summary>
    public string? UserOf(HelmReleaseObject release) => (release.ServiceAccountName ?? DefaultServiceAccount) is { } account
        ? $"system:serviceaccount:{release.Key.Namespace}:{account}"
        : null;

    /// <summary>What installs. By default nothing is, which is fastest.</summary>
    public IHelm Helm { get; init; } = new PretendedHelm("Helm was not asked for");

    /// <summary>For durations and timestamps.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
