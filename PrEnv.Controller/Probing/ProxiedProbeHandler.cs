using System.Net;
using PrEnv.Controller.Options;

namespace PrEnv.Controller.Probing;

/// <summary>
/// Keeps denied addresses from a proxy as far as the URL tells them: names are resolved by the proxy, which has to have rules of its own.
/// </summary>
internal sealed class ProxiedProbeHandler(DeniedNetworks denied) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (AddressesOf(request.RequestUri!).FirstOrDefault(denied.Contains) is { } address)
            throw new HttpRequestException(HttpRequestError.ConnectionError, inner: new DeniedAddressException(address));
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException failure) when (
            failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            // It is the proxy that could not be reached.
            throw new HttpRequestException(HttpRequestError.ProxyTunnelError);
        }
    }

    // https://www.rfc-editor.org/rfc/rfc6761#section-6.3
    private static IEnumerable<IPAddress> AddressesOf(Uri url)
    {
        var host = url.IdnHost.TrimEnd('.');
        if (IPAddress.TryParse(host, out var literal))
            return [literal.IsIPv4MappedToIPv6 ? literal.MapToIPv4() : literal];
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
                ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
                : [];
    }
}
