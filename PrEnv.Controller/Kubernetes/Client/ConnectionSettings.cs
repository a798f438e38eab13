using k8s;

namespace PrEnv.Controller.Kubernetes.Client;

/// <summary>How connections to the API server behave.</summary>
internal static class ConnectionSettings
{
    // client-go's numbers: a connection that is dead (a node or load balancer gone without a word) is noticed within 45 s.
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Adds to the configuration; what it set itself keeps the last word.</summary>
    public static KubernetesClientConfiguration Apply(KubernetesClientConfiguration configuration)
    {
        var theirs = configuration.FirstMessageHandlerSetup;
        configuration.FirstMessageHandlerSetup = handler =>
        {
            Harden(handler);
            theirs?.Invoke(handler);
        };
        return configuration;
    }

    private static void Harden(SocketsHttpHandler handler)
    {
        handler.KeepAlivePingDelay = PingDelay;
        handler.KeepAlivePingTimeout = PingTimeout;
        handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
        handler.ConnectTimeout = ConnectTimeout;
        handler.UseCookies = false;

        // The API server redirects no API request; following one would take our credentials elsewhere.
        handler.AllowAutoRedirect = false;

        // A cancelled watch is closed, not drained in the hope of its end: the server would go on sending for seconds.
        handler.MaxResponseDrainSize = 0;
        handler.ResponseDrainTimeout = TimeSpan.Zero;
    }
}
