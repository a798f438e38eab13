using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using PrEnv.Controller.Options;
using PrEnv.Core.Model;

namespace PrEnv.Controller.Probing;

/// <summary>
/// Probes over HTTP/1.1. The URL and whoever answers it are not trusted: no denied address is connected to, no other host is followed to,
/// nothing of ours is sent along, and nothing of the answer but its status is looked at.
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

        // A connection for each probe: one that is kept would go on speaking to a pod that an update has replaced, and call the new
        // revision ready.
        PooledConnectionLifetime = TimeSpan.Zero,

        // What is left of an answer is read this far and no further before the connection is closed.
        MaxResponseDrainSize = 64 * 1024,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        ConnectTimeout = TimeSpan.FromMinutes(1),

        // Otherwise a certificate could name a URL of its choice to fetch its issuer from, past the guard.
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
            if (target.ExpectedStatusCodes.Contains(status)) return ProbeResult.Success;
            if (Redirect.Of(response, url) is not { } next)
                return new ProbeResult(ProbeOutcome.UnexpectedStatus, string.Create(CultureInfo.InvariantCulture, $"answered {status}"));
            if (!Redirect.IsAllowed(url, next)) return new ProbeResult(ProbeOutcome.Redirected, "redirects to another host");
            if (redirects == MaxRedirects) return new ProbeResult(ProbeOutcome.Redirected, $"redirects more than {MaxRedirects} times");
            url = next;
        }
    }
}
