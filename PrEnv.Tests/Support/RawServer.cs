using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace PrEnv.Tests.Support;

/// <summary>
/// A server that speaks whatever a test wants, on a free port of 127.0.0.1. One connection at a time; each is closed when its handler is
/// done.
/// </summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    private RawServer(Func<NetworkStream, CancellationToken, Task> handle)
    {
        _listener.Start();
        _serving = ServeAsync(handle);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static RawServer Start(Func<NetworkStream, CancellationToken, Task> handle) => new(handle);

    /// <summary>Reads up to the end of an HTTP request without a body: to close with something unread would reset the connection.</summary>
    public static async Task ReadRequestAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 0 })
        {
            // Its content does not matter.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(Func<NetworkStream, CancellationToken, Task> handle)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await handle(client.GetStream(), _stop.Token);
            }
            catch (Exception failure) when (failure is IOException or AuthenticationException or OperationCanceledException)
            {
                // The other side hung up, or the test is over.
            }
        }
    }
}
