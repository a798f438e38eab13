using System.Globalization;
using PrEnv.Core.Resources;

namespace PrEnv.Benchmarks.Quota;

/// <summary>
/// What an hour costs: 100 resources on 100 repositories with 10 open pull requests each. Once as by default, and once with everything
/// that makes the controller ask for more.
/// </summary>
internal sealed class QuotaCommand(TextWriter output)
{
    private const int Repositories = 100;
    private const int Changes = 200;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await RunAsync("as by default", spec => spec, cancellationToken);
        await RunAsync(
            "with every filter, checks, a limit, expiry, sleep and 2 KiB of values", QuotaWorld.WithEverything, cancellationToken);
    }

    private async Task RunAsync(
        string how, Func<PREphemeralEnvControllerSpec, PREphemeralEnvControllerSpec> change, CancellationToken cancellationToken)
    {
        await using var world = await QuotaWorld.StartAsync(Repositories, change, cancellationToken);
        await output.WriteLineAsync($"{how}: {world.Cluster.Releases} HelmReleases");
        await output.WriteLineAsync($"an hour with nothing changed: {await world.RestAsync(cancellationToken)}");
        var changed = await world.ChangeAsync(Changes, cancellationToken);
        await output.WriteLineAsync($"an hour with {Changes} changes: {changed}");
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"charged per change: {(double)changed.Charged / Changes:0.00}"));
    }
}
