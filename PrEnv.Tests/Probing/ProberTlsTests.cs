using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Options;
using PrEnv.Controller.Probing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Probing;

[CancelAfter(120_000)]
internal sealed class ProberTlsTests
{
    [Test]
    public async Task Probe_CertificateThatNamesAUrlForItsIssuer_FetchesNothing(CancellationToken cancellationToken)
    {
        var fetches = 0;
        await using var inner = await LocalServer.StartAsync(_ =>
        {
            fetches++;
            return Task.CompletedTask;
        });
        using var certificate = CertificateOfUnknownIssuer(new Uri(inner.Url, "latest/meta-data"));

        // Offline: a server looks for its issuer too, and that is not the fetch in question.
        var context = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
        await using var server = RawServer.Start(async (stream, stop) =>
        {
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = context }, stop);
        });
        var options = new ControllerOptions { HealthCheckDenyCidrs = DeniedNetworks.Parse("") };
        var prober = Probers.Create(options, new StubResolver(), new FakeTimeProvider());

        var result = await prober.ProbeAsync(ProbeTargets.Target(url: $"https://127.0.0.1:{server.Port}/"), cancellationToken);

        Assert.Multiple(() =>
        {
            Assert.That(
                result,
                Is.EqualTo(new ProbeResult(ProbeOutcome.Unreachable, "the TLS handshake failed, or its certificate is not trusted")));
            Assert.That(fetches, Is.Zero);
        });
    }

    private static X509Certificate2 CertificateOfUnknownIssuer(Uri issuerUrl)
    {
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuerUrl.AbsoluteUri]));
        using var bare = request.Create(
            new X500DistinguishedName("CN=nobody"), X509SignatureGenerator.CreateForECDsa(issuerKey),
            TimeProvider.System.GetUtcNow().AddDays(-1),
            TimeProvider.System.GetUtcNow().AddDays(1), [1]);
        return bare.CopyWithPrivateKey(key);
    }
}
