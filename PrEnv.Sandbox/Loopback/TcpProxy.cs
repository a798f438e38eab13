using System.Net;
using System.Net.Sockets;
using k8s;

namespace PrEnv.Sandbox.Loopback;

/// <summary>
/// Stands between a client and a server and carries TCP as it is, TLS untouched, until the network is taken away. Kernel buffers
/// aside, what is sent while it is silent arrives when it speaks again, as after a short partition.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TcpPipe> _pipes = [];
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Uri _server;
    private readonly Task _accepting;
    private TaskCompletionSource _open = Opened();

    private TcpProxy(Uri server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections there have been.</summary>
    public int Accepted { get; private set; }

    /// <summary>How many connections are open now.</summary>
    public int Open
    {
        get
        {
            lock (_gate)
                return _pipes.Count(pipe => !pipe.IsClosed);
        }
    }

    /// <summary>A proxy of the server that the kubeconfig names.</summary>
    public static TcpProxy Start(string kubeconfigPath) =>
        Start(new Uri(KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfigPath).Host));

    /// <summary>A proxy of a server.</summary>
    public static TcpProxy Start(Uri server) => new(server);

    /// <summary>How a client reaches the server through the proxy, with the kubeconfig's rights.</summary>
    public KubernetesClientConfiguration Configuration(string kubeconfigPath)
    {
        var configuration = KubernetesClientConfiguration.BuildConfigFromConfigFile(kubeconfigPath);
        configuration.TlsServerName ??= _server.Host;
        configuration.Host = $"{_server.Scheme}://127.0.0.1:{Port}";
        return configuration;
    }

    /// <summary>Connections stay open and new ones are taken, but no byte passes in either direction: nobody is told anything.</summary>
    public void Silence()
    {
        lock (_gate)
        {
            if (_open.Task.IsCompleted)
                _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Ends a silence.</summary>
    public void Speak()
    {
        lock (_gate)
            _open.TrySetResult();
    }

    /// <summary>Resets every connection that there is now.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _pipes.ForEach(pipe => pipe.Reset());
            _pipes.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
        _stop.Dispose();
    }

    private static TaskCompletionSource Opened()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        source.SetResult();
        return source;
    }

    private async Task AcceptAsync()
    {
        try
        {
            // None waits for another: a server that is slow to take one connection must not keep the others waiting.
            while (true)
                _ = ConnectAsync(await _listener.AcceptSocketAsync(_stop.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nobody needs it any more.
        }
    }

    private async Task ConnectAsync(Socket near)
    {
        var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await far.ConnectAsync(_server.Host, _server.Port, _stop.Token);
            lock (_gate)
            {
                Accepted++;
                _pipes.RemoveAll(pipe => pipe.IsClosed);
                _pipes.Add(TcpPipe.Start(near, far, PassAsync, _stop.Token));
            }
        }
        catch (Exception down) when (down is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Who connects is told what this was told.
            near.Close(timeout: 0);
            far.Dispose();
        }
    }

    private Task PassAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
            return _open.Task.WaitAsync(cancellationToken);
    }
}
