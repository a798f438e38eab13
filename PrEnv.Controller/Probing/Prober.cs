using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using PrEnv.Controller.Options;
using PrEnv.Core.Model;

namespace PrEnv.Controller.Probing;

/// <summary>
/// Probes over HTTP/1.1. Neither the URL nor the server is trusted: denied addresses are never connected to, redirects to other hosts are
/// not followed, no credentials are sent, and only the status of the answer is read.
/// </summary>
internal sealed class Prober : IProber, IDisposable
{
    private const int MaxRedirects = 5;

    private readonly HttpMessageInvoker _client;
    private readonly TimeProvider _time;

    public Prober(IOptions<ControllerOptions> options, IHostResolver resolver, TimeProvider time)
    {
        _time = time;
        _client = new HttpMessageInvoker(CreateHandler(new GuardedConnector(options.Value.HealthCheckDenyCidrs, resolver, time)));
    }

    public async Task<ProbeResult> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(target.Revision.Url, UriKind.Absolute, out var url) || !Redirect.IsHttp(url))
            return new ProbeResult(ProbeOutcome.Unreachable, "its URL is not an http or https URL");
        using var deadline = new CancellationTokenSource(target.RequestTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await FollowAsync(url, target, either.Token);
        }
        catch (HttpRequestException failure)
        {
            return ProbeFailures.Of(failure);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeResult(
                ProbeOutcome.TimedOut,
                string.Create(CultureInfo.InvariantCulture, $"timed out after {target.RequestTimeout.TotalSeconds:0.###}s"));
        }
    }

    public void Dispose() => _client.Dispose();

    private static SocketsHttpHandler CreateHandler(GuardedConnector connector) => new()
    {
        ConnectCallback = connector.ConnectAsync,
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

        // Otherwise a certificate could specify any URL from which to fetch its issuer, bypassing the guard.
        SslOptions =
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                DisableCertificateDownloads = true,
                RevocationMode = X509RevocationMode.NoCheck,
            },
        },
    };

    private async Task<ProbeResult> FollowAsync(Uri url, ProbeTarget target, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            request.Headers.TryAddWithoutValidation("User-Agent", "prenv-probe");
            request.Headers.TryAddWithoutValidation("Accept", "*/*");
            request.Headers.ConnectionClose = true;
            using var response = await _client.SendAsync(request, cancellationToken);
            var status = (int)response.StatusCode;
            if (target.ExpectedStatusCodes.Contains(status))
                return ProbeResult.Success;
            if (Redirect.Of(response, url) is not { } next)
                return new ProbeResult(ProbeOutcome.UnexpectedStatus, string.Create(CultureInfo.InvariantCulture, $"answered {status}"));
            if (!Redirect.IsAllowed(url, next))
                return new ProbeResult(ProbeOutcome.Redirected, "redirects to another host");
            if (redirects == MaxRedirects)
                return new ProbeResult(ProbeOutcome.Redirected, $"redirects more than {MaxRedirects} times");
            url = next;
        }
    }
}
