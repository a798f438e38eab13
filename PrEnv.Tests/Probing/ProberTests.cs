using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using PrEnv.Controller.Options;
using PrEnv.Controller.Probing;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Probing;

/// <summary>What a probe makes of answers, over real HTTP. The addresses that it refuses are in <see cref="ProberAddressTests"/>.</summary>
[CancelAfter(120_000)]
internal sealed class ProberTests
{
    private readonly FakeTimeProvider _time = new();

    [Test]
    public async Task Probe_ExpectedCode_Succeeds(CancellationToken cancellationToken)
    {
        await using var server = await LocalServer.StartAsync(204);

        Assert.That(await ProbeAsync(server.Url, cancellationToken, codes: [200, 204]), Is.EqualTo(ProbeResult.Success));
    }

    [Test]
    public async Task Probe_OtherCode_TellsTheCodeAndNothingOfTheBody(CancellationToken cancellationToken)
    {
        await using var server = await LocalServer.StartAsync(context =>
        {
            context.Response.StatusCode = 503;
            return context.Response.WriteAsync("SECRET \u001b[31m");
        });

        Assert.That(
            await ProbeAsync(server.Url, cancellationToken), Is.EqualTo(new ProbeResult(ProbeOutcome.UnexpectedStatus, "answered 503")));
    }

    [Test]
    public async Task Probe_Request_CarriesNothingOfOurs(CancellationToken cancellationToken)
    {
        var seen = new ConcurrentQueue<string>();
        await using var server = await LocalServer.StartAsync(context =>
        {
            seen.Enqueue(
                string.Join(
                    '|', context.Request.Headers.OrderBy(header => header.Key, StringComparer.Ordinal).Select(
                        header => $"{header.Key}={header.Value}")));
            context.Response.Headers.SetCookie = "session=1";
            return Task.CompletedTask;
        });
        var url = new UriBuilder(server.Url) { UserName = "me", Password = "secret" }.Uri;
        var prober = Prober();

        await prober.ProbeAsync(ProbeTargets.Target(url: url.AbsoluteUri), cancellationToken);
        await prober.ProbeAsync(ProbeTargets.Target(url: url.AbsoluteUri), cancellationToken);

        var expected = $"Accept=*/*|Connection=close|Host=127.0.0.1:{server.Port}|User-Agent=prenv-probe";
        Assert.That(seen, Is.EqualTo(new[] { expected, expected }));
    }

    [Test]
    public async Task Probe_Twice_DoesNotSpeakToTheOldConnection(CancellationToken cancellationToken)
    {
        var connections = new ConcurrentQueue<string>();
        await using var server = await LocalServer.StartAsync(context =>
        {
            connections.Enqueue(context.Connection.Id);
            return Task.CompletedTask;
        });
        var prober = Prober();

        await prober.ProbeAsync(ProbeTargets.Target(url: server.Url.AbsoluteUri), cancellationToken);
        await prober.ProbeAsync(ProbeTargets.Target(url: server.Url.AbsoluteUri), cancellationToken);

        Assert.That(connections, Has.Count.EqualTo(2).And.Unique);
    }

    [Test]
    public async Task Probe_BodyWithoutEnd_SucceedsAndHangsUp(CancellationToken cancellationToken)
    {
        var hungUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LocalServer.StartAsync(async context =>
        {
            await using var registration = context.RequestAborted.Register(() => hungUp.TrySetResult());
            var chunk = new byte[8192];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(chunk, CancellationToken.None);
        });

        var result = await ProbeAsync(server.Url, cancellationToken);

        Assert.That(result, Is.EqualTo(ProbeResult.Success));
        await hungUp.Task.Soon();
    }

    [TestCase(5, "timed out after 5s")]
    [TestCase(1.5, "timed out after 1.5s")]
    public async Task Probe_NoAnswer_TimesOut(double seconds, string expected, CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LocalServer.StartAsync(context =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, _time, context.RequestAborted);
        });
        var prober = Prober();
        var target = ProbeTargets.Target(url: server.Url.AbsoluteUri) with { RequestTimeout = TimeSpan.FromSeconds(seconds) };

        var probe = prober.ProbeAsync(target, cancellationToken);
        await asked.Task.Soon();
        _time.Advance(target.RequestTimeout);

        Assert.That(await probe.Soon(), Is.EqualTo(new ProbeResult(ProbeOutcome.TimedOut, expected)));
    }

    [Test]
    public async Task Probe_CallerCancels_Throws(CancellationToken cancellationToken)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await LocalServer.StartAsync(context =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, _time, context.RequestAborted);
        });
        var prober = Prober();
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        var probe = prober.ProbeAsync(ProbeTargets.Target(url: server.Url.AbsoluteUri), caller.Token);
        await asked.Task.Soon();
        await caller.CancelAsync();

        Assert.That(async () => await probe.Soon(), Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase("HTTP/1.1 200 OK\r\nX: {0}\r\n", "answered with too many headers")]
    [TestCase("SSH-2.0-OpenSSH_9.9\r\n", "did not answer with HTTP")]
    [TestCase("", "closed the connection without an answer")]
    public async Task Probe_BrokenAnswer_SaysWhat(string answer, string expected, CancellationToken cancellationToken)
    {
        await using var server = RawServer.Start(async (stream, stop) =>
        {
            await RawServer.ReadRequestAsync(stream, stop);
            await stream.WriteAsync(
                Encoding.ASCII.GetBytes(answer.Replace("{0}", new string('x', 100_000), StringComparison.Ordinal)), stop);
        });

        var result = await ProbeAsync(new Uri($"http://127.0.0.1:{server.Port}/"), cancellationToken);

        Assert.That(result, Is.EqualTo(new ProbeResult(ProbeOutcome.Unreachable, expected)));
    }

    [Test]
    public async Task Probe_NobodyListens_CouldNotConnect(CancellationToken cancellationToken)
    {
        Uri url;
        await using (var server = await LocalServer.StartAsync(200))
            url = server.Url;

        Assert.That(await ProbeAsync(url, cancellationToken), Is.EqualTo(new ProbeResult(ProbeOutcome.Unreachable, "could not connect")));
    }

    [TestCase("ftp://env.example/")]
    [TestCase("env.example")]
    [TestCase("file:///etc/passwd")]
    public async Task Probe_NoHttpUrl_IsAFailure(string url, CancellationToken cancellationToken)
    {
        var prober = Prober();

        var result = await prober.ProbeAsync(ProbeTargets.Target(url: url), cancellationToken);

        Assert.That(result.Failure, Is.EqualTo("its URL is not an http or https URL"));
    }

    [Test]
    public async Task Probe_ProxyOfTheSystem_IsNotAsked(CancellationToken cancellationToken)
    {
        await using var server = await LocalServer.StartAsync(200);
        await using var proxy = await LocalServer.StartAsync(502);
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy(proxy.Url);
        try
        {
            Assert.That(await ProbeAsync(server.Url, cancellationToken), Is.EqualTo(ProbeResult.Success));
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }
    }

    private Prober Prober() => Probers.Create(
        new ControllerOptions { HealthCheckDenyCidrs = DeniedNetworks.Parse("") }, new StubResolver(), _time);

    private async Task<ProbeResult> ProbeAsync(Uri url, CancellationToken cancellationToken, params int[] codes)
    {
        var prober = Prober();
        return await prober.ProbeAsync(ProbeTargets.Target(url: url.AbsoluteUri, codes: codes), cancellationToken);
    }
}
