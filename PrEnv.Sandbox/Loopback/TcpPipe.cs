using System.Net.Sockets;

namespace PrEnv.Sandbox.Loopback;

/// <summary>One connection through a <see cref="TcpProxy"/>: two sockets, each fed with what the other receives.</summary>
internal sealed class TcpPipe
{
    private readonly Socket _near;
    private readonly Socket _far;

    private TcpPipe(Socket near, Socket far)
    {
        _near = near;
        _far = far;
        near.NoDelay = far.NoDelay = true;
    }

    public bool IsClosed { get; private set; }

    /// <param name="near">The client.</param>
    /// <param name="far">The server.</param>
    /// <param name="pass">Completes when bytes may pass.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static TcpPipe Start(Socket near, Socket far, Func<CancellationToken, Task> pass, CancellationToken cancellationToken)
    {
        var pipe = new TcpPipe(near, far);
        _ = pipe.RunAsync(pass, cancellationToken);
        return pipe;
    }

    /// <summary>Closes both ends without a farewell.</summary>
    public void Reset()
    {
        IsClosed = true;
        foreach (var socket in (Socket[])[_near, _far])
            socket.Close(timeout: 0);
    }

    private async Task RunAsync(Func<CancellationToken, Task> pass, CancellationToken cancellationToken)
    {
        try
        {
            // Whichever side ends first ends both: HTTP needs no half-closed connections.
            await await Task.WhenAny(
                CopyAsync(_near, _far, pass, cancellationToken), CopyAsync(_far, _near, pass, cancellationToken));
            IsClosed = true;
            _near.Dispose();
            _far.Dispose();
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Reset();
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, Func<CancellationToken, Task> pass, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (await from.ReceiveAsync(buffer, cancellationToken) is > 0 and var count)
        {
            await pass(cancellationToken);
            await to.SendAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        await pass(cancellationToken);
    }
}
