using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Options;
using PrEnv.Controller.Probing;
using PrEnv.Core.Model;
using PrEnv.Core.Objects;
using PrEnv.Tests.EndToEnd;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Probing;

/// <summary>What probes trust and send because Secrets say so.</summary>
[CancelAfter(120_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ProberSecretsTests
{
    private const string Untrusted = "the TLS handshake failed, or its certificate is not trusted";

    private static readonly SecretKey Ca = new("default", "ca", "ca.crt");
    private static readonly ResourceKey Login = new("default", "login");

    private readonly FakeTimeProvider _time = new();
    private readonly StubSecrets _secrets = new();
    private readonly ConcurrentQueue<IHeaderDictionary> _seen = new();

    [Test]
    public async Task Probe_CertificateOfANamedAuthority_IsTrusted(CancellationToken cancellationToken)
    {
        using var authority = new PrivateAuthority();
        using var other = new PrivateAuthority();
        using var certificate = authority.Issue("env.example");
        await using var server = await LocalServer.StartAsync(Answer, certificate: certificate);
        _secrets.Set("ca", ("ca.crt", $"# ours\n{other.Pem}\n\n{authority.Pem}\n"));

        var trusted = await ProbeAsync($"https://env.example:{server.Port}/", new ProbeSecrets(Ca, null), cancellationToken);
        var plain = await ProbeAsync($"https://env.example:{server.Port}/", default, cancellationToken);

        Assert.That(
            (trusted, plain), Is.EqualTo((ProbeResult.Success, new ProbeResult(ProbeOutcome.Unreachable, Untrusted))));
    }

    [TestCase("other.example", false, Description = "The name must match all the same.")]
    [TestCase("env.example", true, Description = "Another authority's.")]
    public async Task Probe_WrongNameOrAuthority_IsNotTrusted(string name, bool isOthers, CancellationToken cancellationToken)
    {
        using var authority = new PrivateAuthority();
        using var other = new PrivateAuthority();
        using var certificate = authority.Issue(name);
        await using var server = await LocalServer.StartAsync(Answer, certificate: certificate);
        _secrets.Set("ca", ("ca.crt", (isOthers ? other : authority).Pem));

        var result = await ProbeAsync($"https://env.example:{server.Port}/", new ProbeSecrets(Ca, null), cancellationToken);

        Assert.That(result, Is.EqualTo(new ProbeResult(ProbeOutcome.Unreachable, Untrusted)));
    }

    [Test]
    public async Task Probe_AuthorityOfADeniedAddress_IsNotConnectedTo(CancellationToken cancellationToken)
    {
        using var authority = new PrivateAuthority();
        _secrets.Set("ca", ("ca.crt", authority.Pem));

        var result = await ProbeAsync("https://127.0.0.2/", new ProbeSecrets(Ca, null), cancellationToken);

        Assert.That(result.Outcome, Is.EqualTo(ProbeOutcome.Denied));
    }

    [TestCase("")]
    [TestCase("hello")]
    [TestCase("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public async Task Probe_BrokenBundle_AsksNobodyAndNamesTheKey(string pem, CancellationToken cancellationToken)
    {
        await using var server = await LocalServer.StartAsync(Answer);
        _secrets.Set("ca", ("ca.crt", pem));

        var result = await ProbeAsync(server.Url.AbsoluteUri, new ProbeSecrets(Ca, null), cancellationToken);

        Assert.That(result, Is.EqualTo(ProbeResult.Obstructed(
            "The key \"ca.crt\" of Secret default/ca must contain certificates in PEM format, and nothing broken.")));
        Assert.That(_seen, Is.Empty);
    }

    [Test]
    public async Task Probe_BundleOfAMebibyte_IsRead(CancellationToken cancellationToken)
    {
        using var authority = new PrivateAuthority();
        using var certificate = authority.Issue("env.example");
        await using var server = await LocalServer.StartAsync(Answer, certificate: certificate);
        var filler = string.Concat(Enumerable.Repeat(authority.Pem + "\n", 1024 * 1024 / (authority.Pem.Length + 1)));
        _secrets.Set("ca", ("ca.crt", filler));

        var result = await ProbeAsync($"https://env.example:{server.Port}/", new ProbeSecrets(Ca, null), cancellationToken);

        Assert.That(result, Is.EqualTo(ProbeResult.Success));
    }

    [Test]
    public async Task Probe_MissingSecret_SaysWhich(CancellationToken cancellationToken)
    {
        var ca = await ProbeAsync("http://127.0.0.1/", new ProbeSecrets(Ca, null), cancellationToken);
        var login = await ProbeAsync("http://127.0.0.1/", new ProbeSecrets(null, Login), cancellationToken);

        Assert.That(
            (ca, login),
            Is.EqualTo((
                ProbeResult.Obstructed("Secret default/ca does not exist: create it."),
                ProbeResult.Obstructed("Secret default/login does not exist: create it."))));
    }

    [Test]
    public async Task Probe_ChangedSecret_CountsHalfAMinuteLater(CancellationToken cancellationToken)
    {
        await using var server = await LocalServer.StartAsync(Answer);
        var prober = Prober();
        var target = ProbeTargets.Target(url: server.Url.AbsoluteUri) with { Secrets = new ProbeSecrets(null, Login) };
        _secrets.Set("login", ("Authorization", "old"));

        await prober.ProbeAsync(target, cancellationToken);
        _secrets.Set("login", ("Authorization", "new"));
        await prober.ProbeAsync(target, cancellationToken);
        _time.Advance(ProbeAccess.Fresh);
        await prober.ProbeAsync(target, cancellationToken);

        Assert.That(_seen.Select(headers => headers.Authorization.ToString()), Is.EqualTo((string[])["old", "old", "new"]));
        Assert.That(_secrets.Reads, Is.EqualTo(2));
    }

    [Test]
    public void Probe_ApiServerDoesNotAnswer_SaysNothingOfTheEnvironment()
    {
        _secrets.IsDown = true;

        Assert.That(
            async () => await ProbeAsync("http://127.0.0.1/", new ProbeSecrets(Ca, null), CancellationToken.None),
            Throws.InstanceOf<ApiStatusException>());
    }

    [Test]
    public async Task Probe_Headers_AreSentAndMayReplaceOurs(CancellationToken cancellationToken)
    {
        await using var server = await LocalServer.StartAsync(Answer);
        _secrets.Set("login", ("Authorization", "Basic ZGVtbzpkZW1v"), ("User-Agent", "us"), ("X.odd_name", "a b\"c"), ("Cookie", "s=1"));

        await ProbeAsync(server.Url.AbsoluteUri, new ProbeSecrets(null, Login), cancellationToken);

        var seen = _seen.Single().OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}={header.Value}");
        Assert.That(string.Join('|', seen), Is.EqualTo(
            "Accept=*/*|Authorization=Basic ZGVtbzpkZW1v|Connection=close|Cookie=s=1"
            + $"|Host=127.0.0.1:{server.Port}|User-Agent=us|X.odd_name=a b\"c"));
    }

    [Test]
    public async Task Probe_RedirectWithinTheOrigin_KeepsTheHeaders(CancellationToken cancellationToken)
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            if (context.Request.Path == "/")
                context.Response.Redirect("/login");
            return Answer(context);
        });
        _secrets.Set("login", ("Authorization", "secret"));

        await ProbeAsync(server.Url.AbsoluteUri, new ProbeSecrets(null, Login), cancellationToken);

        Assert.That(_seen.Select(headers => headers.Authorization.ToString()), Is.EqualTo((string[])["secret", "secret"]));
    }

    [Test]
    public async Task Probe_RedirectToAnotherOrigin_GoesOnWithoutTheHeaders(CancellationToken cancellationToken)
    {
        using var authority = new PrivateAuthority();
        using var certificate = authority.Issue("env.example");
        await using var safe = await LocalServer.StartAsync(Answer, certificate: certificate);
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.Redirect($"https://env.example:{safe.Port}/");
            return Answer(context);
        });
        _secrets.Set("ca", ("ca.crt", authority.Pem));
        _secrets.Set("login", ("Authorization", "secret"), ("X-Key", "secret"));

        var result = await ProbeAsync($"http://env.example:{server.Port}/", new ProbeSecrets(Ca, Login), cancellationToken);

        Assert.Multiple(() =>
        {
            Assert.That(result, Is.EqualTo(ProbeResult.Success));
            Assert.That(
                _seen.Select(headers => headers.Authorization.ToString() + headers["X-Key"]), Is.EqualTo((string[])["secretsecret", ""]));
        });
    }

    private Task Answer(HttpContext context)
    {
        // A copy: the server uses its own again.
        _seen.Enqueue(new HeaderDictionary(context.Request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)));
        return Task.CompletedTask;
    }

    private Prober Prober() => Probers.Create(
        new ControllerOptions { HealthCheckDenyCidrs = DeniedNetworks.Parse("127.0.0.2") },
        new StubResolver().With("env.example", "127.0.0.1"), _time, _secrets);

    private Task<ProbeResult> ProbeAsync(string url, ProbeSecrets secrets, CancellationToken cancellationToken) =>
        Prober().ProbeAsync(ProbeTargets.Target(url: url) with { Secrets = secrets }, cancellationToken);
}
