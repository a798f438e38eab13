using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PrEnv.Benchmarks.Load;

/// <summary>Where one controller listens on loopback.</summary>
internal sealed record ControllerPorts(int Metrics, int Webhook, int Health, int Page)
{
    /// <summary>As the controller's options.</summary>
    public IEnumerable<string> Flags =>
    [
        "--metrics-bind-address", Address(Metrics), "--webhook-bind-address", Address(Webhook),
        "--health-probe-bind-address", Address(Health), "--ui-bind-address", Address(Page),
    ];

    /// <summary>Ports that nobody uses now.</summary>
    public static ControllerPorts Free() => new(FreePort(), FreePort(), FreePort(), FreePort());

    private static string Address(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
