using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Net.Sockets;
using k8s;

namespace PrEnv.Controller.Kubernetes.Client;

/// <summary>How connections to the API server behave.</summary>
internal static class ConnectionSettings
{
    // client-go's numbers: a dead connection (a node or load balancer that has silently disappeared) is detected within a
    // minute: 45 s, plus what the timer of the pings adds.
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    // HTTP/1.1 has no pings, so TCP sends its own: after 30 s of silence three probes, 5 s apart. Linux waits two hours by default.
    private const int ProbeAfterSeconds = 30;
    private const int ProbeEverySeconds = 5;
    private const int Probes = 3;

    /// <summary>The end of every chain of handlers. The configuration's own settings take precedence.</summary>
    public static SocketsHttpHandler NewHandler(KubernetesClientConfiguration configuration)
    {
        var handler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true };
        Harden(handler);
        Secure(handler.SslOptions, configuration);
        configuration.FirstMessageHandlerSetup?.Invoke(handler);
        return handler;
    }

    /// <summary>A socket that detects when its peer is gone.</summary>
    internal static Socket NewSocket()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, ProbeAfterSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, ProbeEverySeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
        return socket;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = NewSocket();
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    [SuppressMessage("Security", "CA5359", Justification = "Only where the kubeconfig says so: insecure-skip-tls-verify.")]
    private static void Secure(SslClientAuthenticationOptions tls, KubernetesClientConfiguration configuration)
    {
        if (configuration.SkipTlsVerify)
            tls.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
        else if (configuration.SslCaCerts is { } authorities)
            tls.CertificateChainPolicy = ChainPolicies.For(authorities);
        // Presented whatever authorities the server names: it may know only the root of an intermediate one.
        if (ClientCertificate.Of(configuration) is { } certificate)
            tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
    }

    private static void Harden(SocketsHttpHandler handler)
    {
        handler.KeepAlivePingDelay = PingDelay;
        handler.KeepAlivePingTimeout = PingTimeout;
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        handler.ConnectTimeout = ConnectTimeout;
        handler.ConnectCallback = ConnectAsync;
        handler.UseCookies = false;

        // The API server never redirects an API request; following a redirect would send our credentials elsewhere.
        handler.AllowAutoRedirect = false;

        // A cancelled watch is closed, not drained: the server would continue sending for seconds.
        handler.MaxResponseDrainSize = 0;
        handler.ResponseDrainTimeout = TimeSpan.Zero;
    }
}
