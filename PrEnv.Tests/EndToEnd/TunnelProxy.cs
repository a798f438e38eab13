using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.EndToEnd;

/// <summary>An HTTP proxy that tunnels whatever it is asked for to one port of this machine, and remembers what it was asked for.</summary>
internal sealed class TunnelProxy : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _asked = new();
    private readonly RawServer _server;

    public TunnelProxy(int target) => _server = RawServer.Start((stream, stop) => TunnelAsync(stream, target, stop));

    public Uri Url => new($"http://127.0.0.1:{_server.Port}/");

    /// <summary>Hosts and ports, in order.</summary>
    public IReadOnlyCollection<string> Asked => _asked;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TunnelAsync(Stream client, int target, CancellationToken stop)
    {
        var request = await ReadHeadAsync(client, stop);
        _asked.Enqueue(request.Split(' ')[1]);
        using var upstream = new TcpClient();
        await upstream.ConnectAsync(IPAddress.Loopback, target, stop);
        await client.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), stop);
        await using var server = upstream.GetStream();
        await Task.WhenAny(client.CopyToAsync(server, stop), server.CopyToAsync(client, stop));
    }

    private static async Task<string> ReadHeadAsync(Stream client, CancellationToken stop)
    {
        var head = new StringBuilder();
        var octet = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await client.ReadAsync(octet, stop) > 0)
            head.Append((char)octet[0]);
        return head.ToString();
    }
}
