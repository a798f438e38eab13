using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Probing;

/// <summary>
/// An HTTP proxy in whose network every name is this machine. It may want a user and a password, and keeps the head of each request that
/// it took.
/// </summary>
internal sealed class ForwardProxy : IAsyncDisposable
{
    private readonly string? _authorization;
    private readonly ConcurrentQueue<string> _heads = new();
    private readonly RawServer _server;

    public ForwardProxy(string? user = null)
    {
        _authorization = user is null ? null : "Proxy-Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(user));
        _server = RawServer.Start(ServeAsync);
    }

    public int Port => _server.Port;

    /// <summary>Method and target of each request, in order.</summary>
    public IEnumerable<string> Asked => _heads.Select(head => string.Join(' ', head.Split(' ').Take(2)));

    /// <summary>What it could read.</summary>
    public string Heads => string.Join('\n', _heads);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(NetworkStream client, CancellationToken stop)
    {
        var head = await ReadHeadAsync(client, stop);
        if (_authorization is not null && !head.Contains(_authorization, StringComparison.Ordinal))
        {
            const string Refusal = "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n"
                + "Connection: close\r\n\r\n";
            await client.WriteAsync(Encoding.ASCII.GetBytes(Refusal), stop);
            return;
        }

        _heads.Enqueue(head);
        var (method, target) = (head.Split(' ')[0], head.Split(' ')[1]);
        var url = new Uri(method == "CONNECT" ? $"https://{target}" : target);
        using var upstream = new TcpClient();
        await upstream.ConnectAsync(IPAddress.Loopback, url.Port, stop);
        await using var server = upstream.GetStream();
        if (method == "CONNECT")
            await client.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), stop);
        else
            await server.WriteAsync(Encoding.ASCII.GetBytes($"{method} {url.PathAndQuery} {head.Split(' ', 3)[2]}"), stop);
        await Task.WhenAny(client.CopyToAsync(server, stop), server.CopyToAsync(client, stop));
    }

    private static async Task<string> ReadHeadAsync(Stream client, CancellationToken stop)
    {
        var head = new StringBuilder();
        var octet = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await client.ReadAsync(octet, stop) == 0)
                throw new IOException("The client hung up.");
            head.Append((char)octet[0]);
        }

        return head.ToString();
    }
}
