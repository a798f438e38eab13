using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Options;
using PrEnv.Controller.Probing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Probing;

[CancelAfter(120_000)]
internal sealed class RedirectTests
{
    [TestCase("http://env.example/a", "http://env.example/b", true)]
    [TestCase("http://env.example/", "http://ENV.example/", true)]
    [TestCase("http://env.example/", "https://env.example/", true)]
    [TestCase("http://env.example:8080/", "https://env.example:8443/", true)]
    [TestCase("https://env.example/", "http://env.example/", false)]
    [TestCase("http://env.example/", "http://env.example:6379/", false)]
    [TestCase("http://env.example/", "http://other.example/", false)]
    [TestCase("http://env.example/", "http://env.example.evil.example/", false)]
    [TestCase("http://env.example/", "http://env.example@other.example/", false)]
    [TestCase("http://env.example/", "ftp://env.example/", false)]
    [TestCase("http://env.example/", "file:///etc/passwd", false)]
    public void IsAllowed_FromTo_OnlyOnTheSameHost(string from, string to, bool expected) =>
        Assert.That(Redirect.IsAllowed(new Uri(from), new Uri(to)), Is.EqualTo(expected));

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(303)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task Probe_RedirectOnTheSameHost_IsFollowed(int status, CancellationToken cancellationToken)
    {
        await using var server = await LocalServer.StartAsync(
            context => RedirectAsync(context, status, context.Request.Path == "/" ? "/login" : null));

        Assert.That(await ProbeAsync(server, cancellationToken), Is.EqualTo(ProbeResult.Success));
    }

    [Test]
    public async Task Probe_RedirectThatIsExpected_IsTheAnswer(CancellationToken cancellationToken)
    {
        await using var server = await LocalServer.StartAsync(context => RedirectAsync(context, 302, "https://sso.example/"));

        Assert.That(await ProbeAsync(server, cancellationToken, 302), Is.EqualTo(ProbeResult.Success));
    }

    [Test]
    public async Task Probe_RedirectsWithoutEnd_StopsAtFive(CancellationToken cancellationToken)
    {
        var requests = 0;
        await using var server = await LocalServer.StartAsync(context => RedirectAsync(context, 302, $"/{++requests}"));

        var result = await ProbeAsync(server, cancellationToken);

        Assert.Multiple(() =>
        {
            Assert.That(result, Is.EqualTo(new ProbeResult(ProbeOutcome.Redirected, "redirects more than 5 times")));
            Assert.That(requests, Is.EqualTo(6));
        });
    }

    [TestCase(null)]
    [TestCase("http://[broken")]
    public async Task Probe_RedirectToNowhere_IsJustACode(string? location, CancellationToken cancellationToken)
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = location;
            return Task.CompletedTask;
        });

        Assert.That((await ProbeAsync(server, cancellationToken)).Failure, Is.EqualTo("answered 302"));
    }

    private static Task RedirectAsync(HttpContext context, int status, string? location)
    {
        if (location is null)
            return Task.CompletedTask;
        context.Response.StatusCode = status;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    }

    private static async Task<ProbeResult> ProbeAsync(LocalServer server, CancellationToken cancellationToken, params int[] codes)
    {
        var options = new ControllerOptions { HealthCheckDenyCidrs = DeniedNetworks.Parse("") };
        var prober = Probers.Create(options, new StubResolver(), new FakeTimeProvider());
        return await prober.ProbeAsync(ProbeTargets.Target(url: server.Url.AbsoluteUri, codes: codes), cancellationToken);
    }
}
