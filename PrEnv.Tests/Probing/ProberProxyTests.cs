using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Options;
using PrEnv.Controller.Probing;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Tests.EndToEnd;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Probing;

/// <summary>Probes through <c>--health-check-proxy</c>. The resolver knows no name: only the proxy does.</summary>
[CancelAfter(120_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ProberProxyTests
{
    private readonly StubSecrets _secrets = new();
    private readonly ConcurrentQueue<IHeaderDictionary> _seen = new();

    [TestCase("env.example")]
    [TestCase("127.0.0.1", Description = "Not even this machine is an exception.")]
    [TestCase("localhost")]
    public async Task Probe_Http_GoesThroughTheProxy(string host, CancellationToken cancellationToken)
    {
        await using var server = await LocalServer.StartAsync(Answer);
        await using var proxy = new ForwardProxy();
        var url = $"http://{host}:{server.Port}/health?a=b";

        var result = await ProbeAsync(proxy.Port, url, cancellationToken);

        Assert.That(result, Is.EqualTo(ProbeResult.Success));
        Assert.That(proxy.Asked, Is.EqualTo(new[] { $"GET {url}" }));
    }

    [Test]
    public async Task Probe_Https_IsTunnelledWithItsAuthorityAndHeaders(CancellationToken cancellationToken)
    {
        using var authority = new PrivateAuthority();
        using var certificate = authority.Issue("env.example");
        await using var server = await LocalServer.StartAsync(Answer, certificate: certificate);
        await using var proxy = new ForwardProxy("us er:s3:cret");
        _secrets.Set("ca", ("ca.crt", authority.Pem));
        _secrets.Set("login", ("X-Login", "hidden"));
        var secrets = new ProbeSecrets(new SecretKey("default", "ca", "ca.crt"), new ResourceKey("default", "login"));

        var url = $"https://env.example:{server.Port}/";
        var trusted = await ProbeAsync(proxy.Port, url, cancellationToken, secrets, user: "us%20er:s3%3Acret@");
        var plain = await ProbeAsync(proxy.Port, url, cancellationToken, user: "us%20er:s3%3Acret@");

        Assert.Multiple(() =>
        {
            Assert.That(trusted, Is.EqualTo(ProbeResult.Success));
            Assert.That(plain.Failure, Is.EqualTo("the TLS handshake failed, or its certificate is not trusted"));
            Assert.That(proxy.Asked, Is.EqualTo(Enumerable.Repeat($"CONNECT env.example:{server.Port}", 2)));
            Assert.That(_seen.Single()["X-Login"].ToString(), Is.EqualTo("hidden"));
            Assert.That(_seen.Single().Keys, Has.None.StartsWith("Proxy"));
            Assert.That(proxy.Heads, Does.Not.Contain("hidden"));
        });
    }

    [Test]
    public async Task Probe_RedirectToAnotherHost_IsNotAskedOfTheProxyEither(CancellationToken cancellationToken)
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "http://inner.example/";
            return Task.CompletedTask;
        });
        await using var proxy = new ForwardProxy();

        var result = await ProbeAsync(proxy.Port, $"http://env.example:{server.Port}/", cancellationToken);

        Assert.That(result.Outcome, Is.EqualTo(ProbeOutcome.Redirected));
        Assert.That(proxy.Asked, Is.EqualTo(new[] { $"GET http://env.example:{server.Port}/" }));
    }

    [TestCase("https://env.example/", "wrong:s3cret@")]
    [TestCase("https://env.example/", "")]
    public async Task Probe_ProxyRefuses_SaysThatItWasTheProxyAndNoPassword(string url, string user, CancellationToken cancellationToken)
    {
        await using var proxy = new ForwardProxy("right:s3cret");

        var result = await ProbeAsync(proxy.Port, url, cancellationToken, user: user);

        Assert.That(
            result, Is.EqualTo(new ProbeResult(ProbeOutcome.Unreachable, "could not connect through --health-check-proxy")));
    }

    [TestCase("http://env.example/")]
    [TestCase("https://env.example/")]
    public async Task Probe_ProxyIsDown_SaysThatItWasTheProxy(string url, CancellationToken cancellationToken)
    {
        var proxy = new ForwardProxy();
        await proxy.DisposeAsync();

        var result = await ProbeAsync(proxy.Port, url, cancellationToken);

        Assert.That(
            result, Is.EqualTo(new ProbeResult(ProbeOutcome.Unreachable, "could not connect through --health-check-proxy")));
    }

    [TestCase("http://127.0.0.1/", "127.0.0.1")]
    [TestCase("http://127.2/", "127.0.0.2")]
    [TestCase("http://[::ffff:169.254.169.254]/", "169.254.169.254")]
    [TestCase("http://[::1]/", "::1")]
    [TestCase("https://169.254.169.254/", "169.254.169.254")]
    [TestCase("http://LocalHost/", "127.0.0.1")]
    [TestCase("http://localhost./", "127.0.0.1")]
    [TestCase("http://env.localhost/", "127.0.0.1")]
    public async Task Probe_DeniedAddressInTheUrl_IsNotAskedOfTheProxy(string url, string address, CancellationToken cancellationToken)
    {
        await using var proxy = new ForwardProxy();

        var result = await ProbeAsync(proxy.Port, url, cancellationToken, denied: DeniedNetworks.Default);

        Assert.That(
            result, Is.EqualTo(new ProbeResult(ProbeOutcome.Denied, $"address {address} is denied by --health-check-deny-cidrs")));
        Assert.That(proxy.Asked, Is.Empty);
    }

    private Task Answer(HttpContext context)
    {
        _seen.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)));
        return Task.CompletedTask;
    }

    private Task<ProbeResult> ProbeAsync(
        int proxy, string url, CancellationToken cancellationToken, ProbeSecrets secrets = default, string user = "",
        DeniedNetworks? denied = null)
    {
        var options = new ControllerOptions
        {
            HealthCheckDenyCidrs = denied ?? DeniedNetworks.Parse(""),
            HealthCheckProxy = new Uri($"http://{user}{IPAddress.Loopback}:{proxy}"),
        };
        return Probers.Create(options, new StubResolver(), new FakeTimeProvider(), _secrets)
            .ProbeAsync(ProbeTargets.Target(url: url) with { Secrets = secrets }, cancellationToken);
    }
}
