using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Options;
using PrEnv.Controller.Probing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Probing;

/// <summary>
/// The guard against requests into places that a URL's author must not reach. 127.0.0.2 plays the inner service, 127.0.0.1 the environment.
/// </summary>
[CancelAfter(120_000)]
[Platform(Exclude = "MacOsX,Win", Reason = "Only Linux answers on all of 127.0.0.0/8.")]
internal sealed class ProberAddressTests
{
    private const string Inner = "127.0.0.2";

    private readonly StubResolver _resolver = new();

    [TestCase("http://127.0.0.2:{0}/")]
    [TestCase("http://127.2:{0}/", Description = "Short form.")]
    [TestCase("http://2130706434:{0}/", Description = "As one number.")]
    [TestCase("http://0x7f.0.0.2:{0}/")]
    [TestCase("http://[::ffff:127.0.0.2]:{0}/")]
    public async Task Probe_DeniedAddressInTheUrl_IsNotConnectedTo(string url, CancellationToken cancellationToken)
    {
        await using var inner = await InnerServerAsync();

        var result = await ProbeAsync(Format(url, inner.Server.Port), cancellationToken);

        AssertDenied(result, inner);
    }

    [TestCase("127.0.0.2")]
    [TestCase("::ffff:127.0.0.2")]
    [TestCase("127.0.0.2", "::ffff:127.0.0.2")]
    public async Task Probe_NameThatResolvesInwards_IsNotConnectedTo(
        string first, string? second = null, CancellationToken cancellationToken = default)
    {
        await using var inner = await InnerServerAsync();
        _resolver.With("env.example", second is null ? [first] : [first, second]);

        var result = await ProbeAsync($"http://env.example:{inner.Server.Port}/", cancellationToken);

        AssertDenied(result, inner);
    }

    [Test]
    public async Task Probe_MixedAnswers_ConnectsToTheAllowedOneOnly(CancellationToken cancellationToken)
    {
        await using var server = await LocalServer.StartAsync(200);
        _resolver.With("env.example", Inner, "127.0.0.1");

        Assert.That(await ProbeAsync($"http://env.example:{server.Port}/", cancellationToken), Is.EqualTo(ProbeResult.Success));
    }

    [Test]
    public async Task Probe_FirstAddressRefuses_TriesTheNext(CancellationToken cancellationToken)
    {
        await using var server = await LocalServer.StartAsync(200);
        _resolver.With("env.example", "127.0.0.3", "127.0.0.1");

        Assert.That(await ProbeAsync($"http://env.example:{server.Port}/", cancellationToken), Is.EqualTo(ProbeResult.Success));
    }

    [Test]
    public async Task Probe_AllowedMappedAddress_IsConnectedToAsIPv4(CancellationToken cancellationToken)
    {
        await using var server = await LocalServer.StartAsync(200);
        _resolver.With("env.example", "::ffff:127.0.0.1");

        Assert.That(await ProbeAsync($"http://env.example:{server.Port}/", cancellationToken), Is.EqualTo(ProbeResult.Success));
    }

    [Test]
    public async Task Probe_NameIsUnknown_SaysSo(CancellationToken cancellationToken) => Assert.That(
        await ProbeAsync("http://nowhere.example/", cancellationToken),
        Is.EqualTo(new ProbeResult(ProbeOutcome.Unreachable, "its host name does not resolve")));

    [Test]
    public async Task Probe_NameWithoutAddresses_SaysSo(CancellationToken cancellationToken)
    {
        _resolver.With("empty.example");

        Assert.That((await ProbeAsync("http://empty.example/", cancellationToken)).Failure, Is.EqualTo("its host name does not resolve"));
    }

    [Test]
    public async Task Probe_NameThatTurnsInwardsLater_IsNotConnectedTo(CancellationToken cancellationToken)
    {
        // DNS rebinding: the first answer is harmless. The address that is connected to counts, each time.
        await using var server = await LocalServer.StartAsync(200);
        _resolver.With("env.example", "127.0.0.1");
        var prober = Prober();
        var target = ProbeTargets.Target(url: $"http://env.example:{server.Port}/");
        var before = await prober.ProbeAsync(target, cancellationToken);

        _resolver.With("env.example", Inner);
        var after = await prober.ProbeAsync(target, cancellationToken);

        Assert.That((before.Outcome, after.Outcome), Is.EqualTo((ProbeOutcome.Success, ProbeOutcome.Denied)));
    }

    [Test]
    public async Task Probe_RedirectInwards_IsNotFollowed(CancellationToken cancellationToken)
    {
        await using var inner = await InnerServerAsync();
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.Redirect($"http://{Inner}:{inner.Server.Port}/");
            return Task.CompletedTask;
        });

        var result = await ProbeAsync(server.Url.AbsoluteUri, cancellationToken);

        Assert.Multiple(() =>
        {
            Assert.That(result, Is.EqualTo(new ProbeResult(ProbeOutcome.Redirected, "redirects to another host")));
            Assert.That(inner.Requests, Is.Zero);
        });
    }

    private static string Format(string url, int port) =>
        url.Replace("{0}", port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static void AssertDenied(ProbeResult result, InnerServer inner) => Assert.Multiple(() =>
    {
        Assert.That(result, Is.EqualTo(new ProbeResult(ProbeOutcome.Denied, "address 127.0.0.2 is denied by --health-check-deny-cidrs")));
        Assert.That(inner.Requests, Is.Zero);
    });

    private static async Task<InnerServer> InnerServerAsync()
    {
        var inner = new InnerServer();
        inner.Server = await LocalServer.StartAsync(
            _ =>
            {
                inner.Requests++;
                return Task.CompletedTask;
            },
            Inner);
        return inner;
    }

    private Prober Prober() => Probers.Create(
        new ControllerOptions { HealthCheckDenyCidrs = DeniedNetworks.Parse(Inner) }, _resolver, new FakeTimeProvider());

    private async Task<ProbeResult> ProbeAsync(string url, CancellationToken cancellationToken)
    {
        var prober = Prober();
        return await prober.ProbeAsync(ProbeTargets.Target(url: url), cancellationToken);
    }

    private sealed class InnerServer : IAsyncDisposable
    {
        public LocalServer Server { get; set; } = null!;

        public int Requests { get; set; }

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
