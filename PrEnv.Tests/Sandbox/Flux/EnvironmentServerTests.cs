using Microsoft.Extensions.Time.Testing;
using PrEnv.Sandbox.Flux;
using PrEnv.Sandbox.Loopback;

namespace PrEnv.Tests.Sandbox.Flux;

[CancelAfter(120_000)]
internal sealed class EnvironmentServerTests
{
    private FakeTimeProvider _time = null!;
    private EnvironmentRegistry _registry = null!;
    private EnvironmentServer _server = null!;
    private HttpClient _http = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        _registry = new EnvironmentRegistry(new ChangeSignal());
        _server = await EnvironmentServer.StartAsync(_registry, time: _time);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = _server.BaseUrl };
    }

    [TearDown]
    public async Task StopAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [TestCase("pr/22", "")]
    [TestCase("envs/pr/22", "")]
    [TestCase("pr/22/healthz", "")]
    [TestCase("", "ephenvtestpr22.eastus.cloudapp.azure.com")]
    [TestCase("healthz", "pr-22.example.com")]
    public async Task Get_InstalledEnvironment_Is200WithItsSha(string path, string host)
    {
        Install(22, "abc");

        Assert.That(await GetAsync(path, host), Is.EqualTo((200, "abc\n")));
        Assert.That(_server.Requests(22), Is.EqualTo(1));
    }

    [TestCase("pr/23", "")]
    [TestCase("elsewhere/pr/22", "")]
    [TestCase("pr/221", "")]
    [TestCase("", "pr2.example.com")]
    [TestCase("", "example.com")]
    public async Task Get_NoEnvironment_Is404(string path, string host)
    {
        Install(22, "abc");

        Assert.That((await GetAsync(path, host)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Get_FailedFirstInstall_Is404()
    {
        Install(22, "abc", runs: false);

        Assert.That((await GetAsync("pr/22")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Get_WithinTheStartupDelay_Is503()
    {
        _server.StartupDelay = TimeSpan.FromSeconds(10);
        Install(22, "abc");
        _time.Advance(TimeSpan.FromSeconds(9));

        Assert.That((await GetAsync("pr/22")).Status, Is.EqualTo(503));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await GetAsync("pr/22")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Behave_Unhealthy_IsThatStatusUntilHealthy()
    {
        Install(22, "abc");
        _server.Behave(22, new EnvironmentBehaviour { Status = 500 });
        Assert.That((await GetAsync("pr/22")).Status, Is.EqualTo(500));

        _server.Behave(22, EnvironmentBehaviour.Healthy);

        Assert.That((await GetAsync("pr/22")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Behave_Redirect_PointsThere()
    {
        Install(22, "abc");
        _server.Behave(22, new EnvironmentBehaviour { RedirectTo = new Uri("http://169.254.169.254/latest") });

        using var response = await _http.GetAsync("pr/22");

        Assert.That((int)response.StatusCode, Is.EqualTo(302));
        Assert.That(response.Headers.Location, Is.EqualTo(new Uri("http://169.254.169.254/latest")));
    }

    [Test]
    public async Task Behave_EndlessBody_NeverEnds()
    {
        Install(22, "abc");
        _server.Behave(22, new EnvironmentBehaviour { EndlessBody = true });

        using var response = await _http.GetAsync("pr/22", HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[10_000_000];
        await body.ReadExactlyAsync(buffer);

        Assert.That(buffer[^1], Is.Not.Zero);
    }

    [Test]
    public async Task Behave_Slow_HoldsTheAnswer()
    {
        Install(22, "abc");
        _server.Behave(22, new EnvironmentBehaviour { Delay = Timeout.InfiniteTimeSpan });
        using var patience = new CancellationTokenSource();

        var answer = _http.GetAsync("pr/22", patience.Token);
        await _server.UntilAsync(server => server.Requests(22) == 1, TestContext.CurrentContext.CancellationToken);

        Assert.That(answer.IsCompleted, Is.False);
        await patience.CancelAsync();
        Assert.That(async () => await answer, Throws.InstanceOf<OperationCanceledException>());
    }

    private void Install(int number, string sha, bool runs = true) => _registry.Put(new InstalledEnvironment
    {
        Key = new ReleaseKey("envs", $"relpr-{number}"),
        ReleaseName = $"relpr-{number}",
        TargetNamespace = "envs",
        StorageNamespace = "envs",
        Fingerprint = sha,
        Revision = 1,
        Runs = runs,
        PrNumber = number,
        PrSha = sha,
        FirstInstalledAt = _time.GetUtcNow(),
        InstalledAt = _time.GetUtcNow(),
    });

    private async Task<(int Status, string Body)> GetAsync(string path, string host = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host.Length > 0 ? host : null;
        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
