namespace PrEnv.Sandbox.Flux;

/// <summary>Installs nothing, and succeeds at once.</summary>
/// <param name="reason">Why it only pretends.</param>
internal sealed class PretendedHelm(string reason) : IHelm
{
    public string Description => $"Environments are not really installed: {reason}.";

    public ChartFault? FaultOf(HelmReleaseObject release) => null;

    public Task<HelmError?> InstallAsync(HelmReleaseObject release, string? user, CancellationToken cancellationToken) =>
        Task.FromResult<HelmError?>(null);

    public Task<string?> UninstallAsync(
        InstalledEnvironment installed, string? user, TimeSpan timeout, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);

    public Task<string?> RollBackAsync(InstalledEnvironment installed, string? user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(null);
}
