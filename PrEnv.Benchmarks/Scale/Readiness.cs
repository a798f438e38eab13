using System.Net;
using PrEnv.Benchmarks.Load;

namespace PrEnv.Benchmarks.Scale;

/// <summary>Whether a controller has synced its caches, by what it answers.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private static readonly HttpClient Http = new();

    public static async Task UntilAsync(ControllerPorts ports, CancellationToken cancellationToken)
    {
        while (!await IsReadyAsync(ports, cancellationToken))
            await Task.Delay(Glance, TimeProvider.System, cancellationToken);
    }

    private static async Task<bool> IsReadyAsync(ControllerPorts ports, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Http.GetAsync(new Uri($"http://127.0.0.1:{ports.Health}/readyz"), cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
