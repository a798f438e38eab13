using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using PrEnv.Tests.Support;

namespace PrEnv.Tests.Hosting;

/// <summary>The binary from start to exit code, against an API server that knows its version and nothing else.</summary>
[Platform(Exclude = "Win", Reason = "Signals.")]
internal sealed partial class ProcessTests
{
    // Properties of lines: messages are for people and may change.
    private const string HealthListens = "\"Endpoint\":\"The health endpoint\"";
    private const string MetricsListen = "\"Endpoint\":\"The metrics endpoint\"";
    private const string Stopped = "\"@m\":\"Stopped\"";

    private TemporaryDirectory _directory = null!;
    private LocalServer _server = null!;
    private string _kubeconfig = null!;

    [SetUp]
    public async Task SetUpAsync()
    {
        _directory = new TemporaryDirectory();
        _server = await LocalServer.StartAsync(
            context => context.Response.WriteAsJsonAsync(new { major = "1", minor = "34", gitVersion = "v1.34.0" }));
        _kubeconfig = _directory.Write("config", Kubeconfigs.Config("kind", _server.Url.AbsoluteUri.TrimEnd('/')));
    }

    [TearDown]
    public async Task TearDownAsync()
    {
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    [TestCase("TERM")]
    [TestCase("INT")]
    public async Task Run_Signal_StopsGracefullyWithCodeZero(string signal)
    {
        using var process = Start();
        await process.WaitForLogAsync(MetricsListen);

        await process.SignalAsync(signal);

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await process.WaitForExitAsync(), Is.Zero);
            Assert.That(process.Errors[^1], Does.Contain(Stopped));
        });
    }

    [Test]
    public async Task Run_SignalWhileItStarts_StopsGracefullyWithCodeZero()
    {
        var asked = new TaskCompletionSource();
        await _server.DisposeAsync();
        _server = await LocalServer.StartAsync(async context =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        _kubeconfig = _directory.Write("config", Kubeconfigs.Config("kind", _server.Url.AbsoluteUri.TrimEnd('/')));
        using var process = Start();
        await asked.Task.Soon();

        await process.SignalAsync("TERM");

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await process.WaitForExitAsync(), Is.Zero);
            Assert.That(process.Errors[^1], Does.Contain(Stopped));
            Assert.That(process.Errors, Has.None.Contains("\"@l\":\"Error\""));
        });
    }

    [Test]
    public async Task Run_SecondSignal_EndsAtOnce()
    {
        using var process = Start();
        var port = PortOf(await process.WaitForLogAsync(HealthListens));
        await process.WaitForLogAsync(MetricsListen);

        // A request whose body does not come holds up the graceful stop for some seconds.
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n"));
        await client.GetStream().ReadExactlyAsync(new byte[12]).AsTask().Soon();
        await process.SignalAsync("TERM");
        await process.WaitForLogAsync("\"Signal\":\"SIGTERM\"");
        await process.SignalAsync("TERM");

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await process.WaitForExitAsync(), Is.EqualTo(128 + 15));
            Assert.That(process.Errors, Has.None.Contains(Stopped));
        });
    }

    [Test]
    public async Task Run_FirstLine_SaysWhatRunsAgainstWhat()
    {
        using var process = Start([], ("PRENV_CONCURRENT", "3"));

        var line = JsonDocument.Parse(await process.WaitForLogAsync("PrEnv")).RootElement;

        Assert.Multiple(() =>
        {
            Assert.That(process.Errors, Has.Count.EqualTo(1), "it is the first");
            Assert.That(line.GetProperty("Version").GetString(), Does.Match("^[0-9]+[.][0-9]+[.][0-9]+"));
            Assert.That(line.GetProperty("Server").GetString(), Is.EqualTo(_server.Url.AbsoluteUri.TrimEnd('/')));
            Assert.That(line.GetProperty("Context").GetString(), Is.EqualTo("kind"));
            Assert.That(line.GetProperty("@m").GetString(), Does.Contain(_server.Url.Authority).And.Not.Contain("\""), "for people");
            Assert.That(line.GetProperty("GitHub").GetString(), Is.EqualTo("https://api.github.com/"));
            Assert.That(
                line.GetProperty("Options").GetString(),
                Does.Contain("--concurrent=3 (PRENV_CONCURRENT)").And.Contain("--metrics-bind-address=127.0.0.1:0"));
        });
    }

    [Test]
    public async Task Run_EndpointsServed_EachOnItsOwnPortOnly()
    {
        using var process = Start();
        var health = PortOf(await process.WaitForLogAsync(HealthListens));
        var metrics = PortOf(await process.WaitForLogAsync(MetricsListen));
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });

        var scrape = await client.GetStringAsync($"http://127.0.0.1:{metrics}/metrics").Soon();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await client.GetStringAsync($"http://127.0.0.1:{health}/healthz").Soon(), Is.EqualTo("ok\n"));
            // The stand-in lists nothing, so the caches never fill.
            using var ready = await client.GetAsync($"http://127.0.0.1:{health}/readyz").Soon();
            Assert.That(
                ((int)ready.StatusCode, await ready.Content.ReadAsStringAsync()), Is.EqualTo((503, "[-]caches not ready\nnot ready\n")));
            Assert.That(
                scrape,
                Does.Contain("workqueue_depth{name=\"probe\",priority=\"0\"} 0").And.Contain("prenv_build_info{").And.Contain(
                    "process_cpu_seconds_total"));
            Assert.That((int)(await client.GetAsync($"http://127.0.0.1:{health}/metrics").Soon()).StatusCode, Is.EqualTo(404));
            Assert.That((int)(await client.GetAsync($"http://127.0.0.1:{metrics}/healthz").Soon()).StatusCode, Is.EqualTo(404));
        });
    }

    [Test]
    public async Task Run_EndpointsSwitchedOff_DoNotListen()
    {
        // The base image of ASP.NET sets such a variable; it must not open a port either.
        using var process = Start(
            ["--metrics-bind-address=0", "--health-probe-bind-address=0", "--webhook-bind-address=0", "--ui-bind-address=0"],
            ("ASPNETCORE_HTTP_PORTS", "8080"));
        await process.WaitForLogAsync("\"KubernetesVersion\":\"v1.34.0\"");

        await process.SignalAsync("TERM");

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await process.WaitForExitAsync(), Is.Zero);
            Assert.That(process.Errors, Has.None.Contains("listens"));
        });
    }

    [Test]
    public async Task Run_AddressTaken_IsOneLineThatNamesTheOption()
    {
        using var process = Start([$"--health-probe-bind-address=127.0.0.1:{_server.Port}"]);

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await process.WaitForExitAsync(), Is.EqualTo(1));
            Assert.That(process.Errors.Where(IsForPeople), Is.EqualTo([
                $"prenv: --health-probe-bind-address: cannot listen on 127.0.0.1:{_server.Port}: Address already in use. "
                + "Use another address, or 0 to disable the endpoint.",
            ]));
        });
    }

    [Test]
    public async Task Run_ServerAway_IsOneLineWithoutAStack()
    {
        await _server.DisposeAsync();
        using var process = Start();

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await process.WaitForExitAsync(), Is.EqualTo(1));
            Assert.That(process.Errors.Where(IsForPeople), Has.One.Items.And.All.Contains("cannot be reached: Connection refused"));
            Assert.That(process.Errors, Has.None.Contains("   at "));
        });
    }

    [Test]
    public async Task Run_UnknownFlag_IsOneLineWithCodeOne()
    {
        using var process = Start(["--nonsense"]);

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await process.WaitForExitAsync(), Is.EqualTo(1));
            Assert.That(process.Errors, Is.EqualTo(["prenv: Unrecognized command or argument '--nonsense'. See 'prenv --help'."]));
        });
    }

    [Test]
    public async Task Run_ElectionWithoutANamespace_IsOneLineThatNamesTheOption()
    {
        using var process = Start(["--leader-elect"]);

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await process.WaitForExitAsync(), Is.EqualTo(1));
            Assert.That(process.Errors.Where(IsForPeople), Is.EqualTo([
                "prenv: --leader-elect-namespace: context 'kind' has no namespace. Specify one for the Lease, "
                + "or disable leader election with --leader-elect=false.",
            ]));
        });
    }

    private static bool IsForPeople(string line) => !line.StartsWith('{');

    private static int PortOf(string line) =>
        int.Parse(Port().Match(line).Groups["port"].Value, System.Globalization.CultureInfo.InvariantCulture);

    private PrEnvProcess Start(string[]? args = null, params (string Name, string Value)[] variables)
    {
        string[] own = ["--kubeconfig", _kubeconfig];
        string[] free = [
            "--metrics-bind-address=127.0.0.1:0", "--health-probe-bind-address=127.0.0.1:0", "--webhook-bind-address=127.0.0.1:0",
            "--ui-bind-address=127.0.0.1:0",
        ];
        var wanted = args ?? [];
        return PrEnvProcess.Start(
            [.. own, .. free.Where(flag => !wanted.Any(arg => arg.Split('=')[0] == flag.Split('=')[0])), .. wanted], variables);
    }

    [GeneratedRegex("http://127[.]0[.]0[.]1:(?<port>[0-9]+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Port();
}
