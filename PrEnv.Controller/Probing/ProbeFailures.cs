using System.Net.Sockets;

namespace PrEnv.Controller.Probing;

/// <summary>Turns an exception into a clause in our own words: messages of exceptions may quote the remote side.</summary>
internal static class ProbeFailures
{
    public static ProbeResult Of(HttpRequestException failure) => failure.InnerException switch
    {
        DeniedAddressException denied =>
            new ProbeResult(ProbeOutcome.Denied, $"address {denied.Address} is denied by --health-check-deny-cidrs"),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } =>
            Unreachable("its host name does not resolve"),
        _ => Unreachable(failure.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "its host name does not resolve",
            HttpRequestError.SecureConnectionError => "the TLS handshake failed, or its certificate is not trusted",
            HttpRequestError.InvalidResponse => "did not answer with HTTP",
            HttpRequestError.ResponseEnded => "closed the connection without an answer",
            HttpRequestError.ConfigurationLimitExceeded => "answered with too many headers",
            HttpRequestError.ConnectionError => "could not connect",
            HttpRequestError.ProxyTunnelError => "could not connect through --health-check-proxy",
            _ => "the connection was interrupted",
        }),
    };

    private static ProbeResult Unreachable(string clause) => new(ProbeOutcome.Unreachable, clause);
}
