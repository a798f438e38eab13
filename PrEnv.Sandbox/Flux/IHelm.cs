namespace PrEnv.Sandbox.Flux;

/// <summary>What helm-controller asks of Helm and of the source.</summary>
internal interface IHelm
{
    /// <summary>Whether environments are really installed, and by what; one line for people.</summary>
    string Description { get; }

    /// <summary>Why there is no such chart; null when there is.</summary>
    ChartFault? FaultOf(HelmReleaseObject release);

    /// <summary>Installs or upgrades.</summary>
    /// <param name="release">What is asked for.</param>
    /// <param name="user">The user whose rights count; null for all rights.</param>
    /// <param name="cancellationToken">Does not end what has begun: Helm would leave a release that is always pending.</param>
    /// <returns>Null when Helm succeeded.</returns>
    Task<HelmError?> InstallAsync(HelmReleaseObject release, string? user, CancellationToken cancellationToken);

    /// <summary>Uninstalls.</summary>
    /// <param name="installed">What was installed.</param>
    /// <param name="user">The user whose rights count; null for all rights.</param>
    /// <param name="timeout">How long Helm waits until all is gone.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null when Helm succeeded, else its error.</returns>
    Task<string?> UninstallAsync(InstalledEnvironment installed, string? user, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Rolls back to that revision.</summary>
    /// <param name="installed">The revision that ran before.</param>
    /// <param name="user">The user whose rights count; null for all rights.</param>
    /// <param name="cancellationToken">Does not end what has begun.</param>
    /// <returns>Null when Helm succeeded, else its error.</returns>
    Task<string?> RollBackAsync(InstalledEnvironment installed, string? user, CancellationToken cancellationToken);
}
