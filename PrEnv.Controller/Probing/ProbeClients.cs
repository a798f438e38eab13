using Microsoft.Extensions.Options;
using PrEnv.Controller.Http;
using PrEnv.Controller.Options;

namespace PrEnv.Controller.Probing;

/// <summary>Creates the clients that probes are sent with.</summary>
internal sealed class ProbeClients(IOptions<ControllerOptions> options, IHostResolver resolver, TimeProvider time)
{
    private readonly GuardedConnector _connector = new(options.Value.HealthCheckDenyCidrs, resolver, time);

    /// <param name="authorities">Trusted in addition to the system's; null: none.</param>
    public HttpMessageInvoker Create(ProbeAuthorities? authorities)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,

            // One connection per probe: a kept one would remain connected to a pod that an update has replaced, and the new revision
            // would be considered ready.
            PooledConnectionLifetime = TimeSpan.Zero,

            // At most this much of the rest of an answer is read before the connection is closed.
            MaxResponseDrainSize = 64 * 1024,
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            ConnectTimeout = TimeSpan.FromMinutes(1),
            SslOptions = { CertificateChainPolicy = ProbeTls.Policy() },
        };
        if (authorities is not null)
            handler.SslOptions.RemoteCertificateValidationCallback = authorities.Accepts;
        if (options.Value.HealthCheckProxy is not { } proxy)
        {
            handler.ConnectCallback = _connector.ConnectAsync;
            return new HttpMessageInvoker(handler);
        }

        // The only connections are those to the proxy, which the operator has named.
        (handler.UseProxy, handler.Proxy) = (true, ProxyAddress.Always(proxy));
        return new HttpMessageInvoker(new ProxiedProbeHandler(options.Value.HealthCheckDenyCidrs) { InnerHandler = handler });
    }
}
